// SPDX-License-Identifier: Apache-2.0
#include <dues/dues.hpp>

#include <dues/value/impl/wide.ipp>
#include <dues/value/impl/rounding.ipp>
#include <dues/value/impl/decimal.ipp>
#include <dues/value/impl/split.ipp>
#include <dues/value/impl/currency.ipp>
#include <dues/value/impl/date.ipp>
#include <dues/value/impl/period.ipp>
#include <dues/value/impl/calendar.ipp>
#include <dues/diagnostic/impl/catalogue.ipp>
#include <dues/diagnostic/impl/diagnostic.ipp>
