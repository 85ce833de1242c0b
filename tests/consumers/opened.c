/* SPDX-License-Identifier: Apache-2.0
 *
 * opened LIBRARY: a host that knows libdues only while it runs. It opens the library, asks for its
 * version, compiles what is no tariff, and says in microseconds how long opening took, the C++ library that
 * it needs included.
 */
#define _POSIX_C_SOURCE 200809L
#include <dues.h>

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static long long now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (long long)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* ISO C has no cast from an object pointer to a function pointer; POSIX asks that this works. */
static void find(void* library, const char* name, void* out) {
  void* const found = dlsym(library, name);
  memcpy(out, &found, sizeof found);
}

static int use(void* library) {
  int32_t (*version)(void) = NULL;
  int32_t (*compile)(const char*, size_t, dues_tariff**, dues_text*, dues_error*) = NULL;
  dues_error error = DUES_ERROR_INIT;
  dues_tariff* tariff = NULL;
  find(library, "dues_version", &version);
  find(library, "dues_tariff_compile", &compile);
  if (version == NULL || compile == NULL || version() != DUES_VERSION) return 1;
  if (compile("{", 1, &tariff, NULL, &error) != DUES_BAD_TARIFF || strcmp(error.code, "T116") != 0) return 1;
  return 0;
}

int main(int count, char** words) {
  long long begin, took;
  void* library;
  if (count != 2) return 2;
  begin = now_ns();
  library = dlopen(words[1], RTLD_NOW | RTLD_LOCAL);
  took = now_ns() - begin;
  if (library == NULL) {
    printf("%s\n", dlerror());
    return 1;
  }
  if (use(library) != 0 || dlclose(library) != 0) return 1;
  printf("%lld\n", took / 1000);
  return 0;
}
