/* SPDX-License-Identifier: Apache-2.0
 *
 * What a C host writes first: a tariff, facts, July's lines and why the first one has its amount. Plain C99.
 */
#include <dues.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char tariff_json[] =
    "{\"dues_tariff\": \"1\", \"id\": \"lime-court\", \"edition\": \"2026-1\", \"from\": \"2026-01-01\", \"currency\": \"CNY\", \"name\": {\"en\": \"Lime Court\"},"
    " \"schedules\": [{\"id\": \"monthly\", \"kind\": \"months\", \"months\": 1, \"billed\": \"in_advance\", \"due\": {\"day_of_month\": 10}}],"
    " \"fees\": [{\"id\": \"management\", \"kind\": \"recurring\", \"name\": {\"en\": \"Management fee\"}, \"price\": \"248.06\", \"schedule\": \"monthly\"}]}";

static const char facts_json[] =
    "{\"dues_facts\": \"1\", \"units\": [{\"unit\": \"1-101\", \"from\": \"2026-01-01\"}],"
    " \"tenures\": [{\"unit\": \"1-101\", \"account\": \"Chen\", \"role\": \"owner\", \"from\": \"2026-01-01\"}]}";

static int tell(const dues_error* error) {
  printf("%s %s: %s\n", error->code, error->pointer, error->message);
  return 1;
}

static int bill_july(const dues_facts* facts, dues_error* error) {
  dues_run july = DUES_RUN_INIT;
  dues_result* result = NULL;
  dues_line line = {0};
  dues_text why = {NULL, 0};
  char amount[DUES_DECIMAL_SIZE];
  int failed = 1;
  dues_date_parse("2026-07-01", 10, &july.from);
  dues_date_parse("2026-08-01", 10, &july.to);
  line.struct_size = sizeof line;
  if (dues_bill(facts, &july, &result, error) == DUES_OK && dues_result_line(result, 0, &line, error) == DUES_OK &&
      dues_explain(result, 0, &why, error) == DUES_OK) {
    dues_decimal_text(&line.amount, amount, sizeof amount);
    printf("%.*s owes %s\n", (int)line.account.size, line.account.data, amount);
    failed = strstr(why.data, "248.06") == NULL;
  } else {
    tell(error);
  }
  dues_text_free(&why);
  dues_result_free(result);
  return failed;
}

int main(void) {
  dues_error error = DUES_ERROR_INIT;
  dues_tariff* tariff = NULL;
  dues_loader* loader = NULL;
  dues_facts* facts = NULL;
  int failed = 1;
  if (dues_version() / 1000 != DUES_VERSION / 1000) return 1;
  if (dues_tariff_compile(tariff_json, sizeof tariff_json - 1, &tariff, NULL, &error) == DUES_OK &&
      dues_loader_new(tariff, &loader, &error) == DUES_OK &&
      dues_loader_json(loader, facts_json, sizeof facts_json - 1, &error) == DUES_OK &&
      dues_loader_finish(loader, &facts, NULL, &error) == DUES_OK)
    failed = bill_july(facts, &error);
  else
    tell(&error);
  dues_facts_free(facts);
  dues_loader_free(loader);
  dues_tariff_free(tariff);
  return failed;
}
