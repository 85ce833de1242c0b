// SPDX-License-Identifier: Apache-2.0
#include <dues/dues.hpp>

#include <dues/report/impl/aging.ipp>
#include <dues/report/impl/arrears.ipp>
#include <dues/report/impl/read_aging.ipp>
