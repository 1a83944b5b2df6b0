// ISO 8601 times as EventStreams writes them: https://www.rfc-editor.org/rfc/rfc3339#section-5.6, offsets also as +hhmm
// and +hh.

#include "CSimdjson.h"

namespace {

struct Cursor {
  const uint8_t *next;
  const uint8_t *end;

  bool at_end() const { return next == end; }

  bool take(char wanted) {
    if (at_end() || *next != wanted) return false;
    next++;
    return true;
  }

  /// Exactly `count` digits.
  bool digits(int count, int64_t &value) {
    if (end - next < count) return false;
    value = 0;
    for (int i = 0; i < count; i++, next++) {
      if (*next < '0' || *next > '9') return false;
      value = value * 10 + (*next - '0');
    }
    return true;
  }
};

// http://howardhinnant.github.io/date_algorithms.html#days_from_civil
int64_t days_from_civil(int64_t year, int64_t month, int64_t day) {
  year -= month <= 2;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

bool is_leap(int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int64_t days_in_month(int64_t year, int64_t month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return days[month - 1] + (month == 2 && is_leap(year));
}

bool take_date(Cursor &cursor, int64_t &days) {
  int64_t year, month, day;
  if (!cursor.digits(4, year) || !cursor.take('-') || !cursor.digits(2, month) || !cursor.take('-')) return false;
  if (!cursor.digits(2, day) || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return false;
  days = days_from_civil(year, month, day);
  return true;
}

bool take_clock(Cursor &cursor, int64_t &seconds) {
  int64_t hour, minute, second;
  if (!cursor.digits(2, hour) || !cursor.take(':') || !cursor.digits(2, minute)) return false;
  if (!cursor.take(':') || !cursor.digits(2, second) || hour > 23 || minute > 59 || second > 60) return false;
  seconds = hour * 3600 + minute * 60 + second;
  return true;
}

/// One to nine digits; what is finer than a microsecond is cut off.
bool take_fraction(Cursor &cursor, int64_t &microseconds) {
  int count = 0;
  int64_t scale = 100000;
  for (; !cursor.at_end() && *cursor.next >= '0' && *cursor.next <= '9'; cursor.next++, count++) {
    microseconds += (*cursor.next - '0') * scale;
    scale /= 10;
  }
  return count >= 1 && count <= 9;
}

bool take_offset(Cursor &cursor, int64_t &seconds) {
  seconds = 0;
  if (cursor.take('Z') || cursor.take('z')) return true;
  const bool negative = cursor.take('-');
  if (!negative && !cursor.take('+')) return false;
  int64_t hours, minutes = 0;
  if (!cursor.digits(2, hours) || hours > 23) return false;
  if (!cursor.at_end()) {
    cursor.take(':');
    if (!cursor.digits(2, minutes) || minutes > 59) return false;
  }
  seconds = (hours * 3600 + minutes * 60) * (negative ? -1 : 1);
  return true;
}

}  // namespace

extern "C" bool rc_parse_time(const uint8_t *text, size_t length, int64_t *microseconds) {
  Cursor cursor{text, text + length};
  int64_t days, seconds, fraction = 0, offset;
  if (!take_date(cursor, days)) return false;
  if (!cursor.take('T') && !cursor.take('t') && !cursor.take(' ')) return false;
  if (!take_clock(cursor, seconds)) return false;
  if (cursor.take('.') && !take_fraction(cursor, fraction)) return false;
  if (!take_offset(cursor, offset) || !cursor.at_end()) return false;
  *microseconds = (days * 86400 + seconds - offset) * 1000000 + fraction;
  return true;
}
