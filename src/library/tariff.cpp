// SPDX-License-Identifier: Apache-2.0
#include <dues/dues.hpp>

#include <dues/expression/impl/types.ipp>
#include <dues/expression/impl/typing.ipp>
#include <dues/expression/impl/calls.ipp>
#include <dues/expression/impl/parse.ipp>
#include <dues/tariff/impl/content_hash.ipp>
#include <dues/tariff/impl/object_reader.ipp>
#include <dues/tariff/impl/compile_expressions.ipp>
#include <dues/tariff/impl/compile_limits.ipp>
#include <dues/tariff/impl/compile_values.ipp>
#include <dues/tariff/impl/compile_schedules.ipp>
#include <dues/tariff/impl/compile_metered.ipp>
#include <dues/tariff/impl/compile_tiers.ipp>
#include <dues/tariff/impl/compile_fees.ipp>
#include <dues/tariff/impl/compile_sections.ipp>
#include <dues/tariff/impl/compile_discounts.ipp>
#include <dues/tariff/impl/compile_discount_limits.ipp>
#include <dues/tariff/impl/compile_penalty_rates.ipp>
#include <dues/tariff/impl/compile_penalties.ipp>
#include <dues/tariff/impl/compile_payments.ipp>
#include <dues/tariff/impl/compile_document.ipp>
