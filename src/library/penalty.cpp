// SPDX-License-Identifier: Apache-2.0
//
// What lateness costs, a receivable or a group at a time: for size.
#include <dues/dues.hpp>

#include <dues/penalty/impl/accrual.ipp>
#include <dues/penalty/impl/group.ipp>
#include <dues/penalty/impl/explain.ipp>
#include <dues/penalty/impl/reading.ipp>
