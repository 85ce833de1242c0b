// SPDX-License-Identifier: Apache-2.0
//
// Rating group by group, and taxes: for size, because few units have several payers.
#include <dues/dues.hpp>

#include "rating.hpp"

#include <dues/rating/impl/schedule.ipp>
#include <dues/rating/impl/proration.ipp>
#include <dues/rating/impl/pieces.ipp>
#include <dues/rating/impl/payers.ipp>
#include <dues/tax/impl/tax.ipp>

DUES_BEGIN

template class exact<int128>;
template class exact<int256>;
template class rating_context<int256, no_trace>;
template class fee_rule<std::int64_t, no_trace>;
template class fee_rule<int128, no_trace>;
template class fee_rule<int256, no_trace>;
template class group_rater<no_trace>;

DUES_END
