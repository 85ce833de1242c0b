// SPDX-License-Identifier: Apache-2.0
#include <dues/dues.hpp>

#include <dues/explain/impl/explain.ipp>
#include <dues/explain/impl/phrases.ipp>
#include <dues/explain/impl/replay.ipp>
#include <dues/explain/impl/sentences.ipp>
