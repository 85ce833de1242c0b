// SPDX-License-Identifier: Apache-2.0
#include <dues/dues.hpp>

#include <dues/json/impl/writer.ipp>
#include <dues/json/impl/node.ipp>
