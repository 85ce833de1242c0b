// SPDX-License-Identifier: Apache-2.0
#include <dues/dues.hpp>

#include <dues/expression/impl/types.ipp>
#include <dues/expression/impl/typing.ipp>
#include <dues/expression/impl/calls.ipp>
#include <dues/expression/impl/parse.ipp>
#include <dues/tariff/impl/content_hash.ipp>
#include <dues/tariff/impl/object_reader.ipp>
#include <dues/tariff/impl/compile_expressions.ipp>
#include <dues/tariff/impl/compile_values.ipp>
#include <dues/tariff/impl/compile_schedules.ipp>
#include <dues/tariff/impl/compile_fees.ipp>
#include <dues/tariff/impl/compile_document.ipp>
