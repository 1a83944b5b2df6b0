#pragma once
#include <sqlite3.h>

// Swift imports neither SQLITE_TRANSIENT (a cast macro) nor variadic functions.

static inline int wg_sqlite3_bind_text(sqlite3_stmt *statement, int index, const char *text, sqlite3_uint64 length) {
  return sqlite3_bind_text64(statement, index, text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int wg_sqlite3_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 length) {
  return sqlite3_bind_blob64(statement, index, bytes, length, SQLITE_TRANSIENT);
}

/// Refuses SQL that could corrupt the file (writable_schema, shadow tables) and SQL hidden in the schema of a file from outside.
static inline int wg_sqlite3_harden(sqlite3 *connection) {
  int result = sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
  if (result == SQLITE_OK) result = sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
  return result;
}

/// For SQL that is written by somebody else: hardened, no extensions, views or triggers, and "text" in double quotes is a column's name only.
static inline int wg_sqlite3_isolate(sqlite3 *connection) {
  static const int off[] = {
    SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, SQLITE_DBCONFIG_ENABLE_VIEW,
    SQLITE_DBCONFIG_ENABLE_TRIGGER,
  };
  int result = wg_sqlite3_harden(connection);
  for (unsigned i = 0; result == SQLITE_OK && i < sizeof off / sizeof off[0]; i++)
    result = sqlite3_db_config(connection, off[i], 0, (int *)0);
  return result;
}

/// A virtual table and its cursor, both over the same rows in memory. SQLite wants its own part in front.
typedef struct wg_row_table {
  sqlite3_vtab base;
  void *rows;
} wg_row_table;

typedef struct wg_row_cursor {
  sqlite3_vtab_cursor base;
  void *rows;
} wg_row_cursor;
