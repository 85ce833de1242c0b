// SPDX-License-Identifier: Apache-2.0
#include <dues/dues.hpp>

#include <dues/penalty/impl/accrual.ipp>
#include <dues/penalty/impl/group.ipp>
#include <dues/penalty/impl/explain.ipp>
#include <dues/penalty/impl/columns.ipp>
#include <dues/penalty/impl/reading.ipp>
