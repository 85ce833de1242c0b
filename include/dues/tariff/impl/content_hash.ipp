// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/tariff/content_hash.hpp>

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_io.hpp>

DUES_BEGIN

std::string content_uuid(std::string_view content) {
  // The name space of Dues: an arbitrary constant, fixed for good.
  constexpr boost::uuids::uuid space{{0x8d, 0x1f, 0x60, 0x2b, 0x5c, 0x3e, 0x4a, 0x77, 0x9b, 0x04,
                                      0x64, 0x75, 0x65, 0x73, 0x00, 0x01}};
  boost::uuids::name_generator_sha1 generate(space);
  return boost::uuids::to_string(generate(content.data(), content.size()));
}

DUES_END
