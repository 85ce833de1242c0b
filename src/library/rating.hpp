// SPDX-License-Identifier: Apache-2.0
//
// The rater of groups and its arithmetic are big; they are compiled once, in rating.cpp.
#pragma once

#include <dues/rating/group.hpp>

DUES_BEGIN

extern template class exact<int128>;
extern template class exact<int256>;
extern template class rating_context<int256, no_trace>;
extern template class fee_rule<std::int64_t, no_trace>;
extern template class fee_rule<int128, no_trace>;
extern template class fee_rule<int256, no_trace>;
extern template class group_rater<no_trace>;

DUES_END
