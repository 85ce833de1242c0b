// SPDX-License-Identifier: Apache-2.0
//
// An id that commits to content: UUID version 5 (RFC 4122, SHA-1), by Boost.Uuid. It tells whether
// two contents are the same; it is no protection against somebody who forges collisions.
#pragma once

#include <dues/config.hpp>

#include <string>
#include <string_view>

DUES_BEGIN

/// 36 characters, the same for the same bytes.
std::string content_uuid(std::string_view content);

DUES_END
