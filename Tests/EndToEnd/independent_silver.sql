-- What Silver should hold, computed again from Bronze by the meaning of its columns (docs: the tables' contract). In: the tables
-- `bronze` (bronze_events), `watched` (title, wiki, name: the watch list in lower case) and `plan` (clock). Out: `silver`, `refused`.

create or replace macro is_not(event, path, kinds) as not list_contains(kinds, coalesce(json_type(event, path), 'NULL'));
create or replace macro no_text(event, path) as is_not(event, path, ['VARCHAR', 'NULL']);
create or replace macro no_number(event, path) as is_not(event, path, ['UBIGINT', 'BIGINT', 'NULL']);
create or replace macro no_flag(event, path) as is_not(event, path, ['BOOLEAN', 'NULL']);
create or replace macro integer32(text) as try_cast(text as integer);

-- An event is one JSON object whose known fields have their types; anything else is refused, never silently null.
create or replace table event as
select event_id, kafka_topic, kafka_partition, kafka_offset, ingestion_timestamp, event_data,
  case when json_valid(event_data) then event_data::json end as e
from bronze;

create or replace table typed as
select *,
  e is null or json_type(e) <> 'OBJECT' or is_not(e, '$.meta', ['OBJECT'])
  or no_text(e, '$.meta.id') or no_text(e, '$.meta.dt') or no_text(e, '$.meta.domain') or no_text(e, '$.meta.request_id')
  or no_text(e, '$.type') or no_text(e, '$.title') or no_text(e, '$.title_url') or no_text(e, '$.comment')
  or no_text(e, '$.user') or no_text(e, '$.wiki') or no_text(e, '$.server_url') or no_text(e, '$.notify_url')
  or no_text(e, '$.log_type') or no_text(e, '$.log_action')
  or no_number(e, '$.id') or no_number(e, '$.namespace') or no_number(e, '$.timestamp') or no_number(e, '$.log_id')
  or no_number(e, '$.length.old') or no_number(e, '$.length.new')
  or no_number(e, '$.revision.old') or no_number(e, '$.revision.new')
  or no_flag(e, '$.bot') or no_flag(e, '$.minor') or no_flag(e, '$.patrolled')
  or is_not(e, '$.length', ['OBJECT', 'NULL']) or is_not(e, '$.revision', ['OBJECT', 'NULL'])
  or not coalesce(e ->> '$."$schema"', '/mediawiki/recentchange/1.0.0') like '/mediawiki/recentchange/1.%'
  or contains(event_data, '\u0000')
  or (e ->> '$.meta.dt' is not null and try_cast(e ->> '$.meta.dt' as timestamptz) is null) as is_malformed
from event;

create or replace table parsed as
select event_id, kafka_topic, kafka_partition, kafka_offset, ingestion_timestamp,
  e ->> '$.meta.id' as meta_id, e ->> '$.meta.request_id' as request_id, (e ->> '$.id')::bigint as wikimedia_id,
  e ->> '$.type' as event_type, integer32(e ->> '$.namespace') as namespace, e ->> '$.title' as title,
  e ->> '$.title_url' as title_url, e ->> '$.comment' as comment, (e ->> '$.timestamp')::bigint as event_timestamp,
  coalesce((e ->> '$.meta.dt')::timestamptz, to_timestamp((e ->> '$.timestamp')::bigint)) as event_time,
  e ->> '$.user' as user_name, (e ->> '$.bot')::boolean as is_bot, (e ->> '$.minor')::boolean as is_minor,
  (e ->> '$.patrolled')::boolean as is_patrolled, e ->> '$.wiki' as wiki, e ->> '$.server_url' as server_url,
  e ->> '$.notify_url' as notify_url, e ->> '$.meta.domain' as domain,
  integer32(e ->> '$.length.old') as length_old, integer32(e ->> '$.length.new') as length_new,
  (e ->> '$.revision.old')::bigint as revision_old, (e ->> '$.revision.new')::bigint as revision_new,
  (e ->> '$.log_id')::bigint as log_id, e ->> '$.log_type' as log_type, e ->> '$.log_action' as log_action,
  case when json_type(e, '$.log_params') <> 'NULL' then (e -> '$.log_params')::varchar end as log_params
from typed where not is_malformed;

-- IPv4 and IPv6 addresses, the latter in full or with one "::".
create or replace macro is_address(name) as
  regexp_full_match(name, '((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.|$)){4}') and not name like '%.'
  or regexp_full_match(name, '([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}')
  or regexp_full_match(name, '(([0-9A-Fa-f]{1,4}:)*[0-9A-Fa-f]{1,4})?::(([0-9A-Fa-f]{1,4}:)*[0-9A-Fa-f]{1,4})?')
    and len(string_split(name, ':')) <= 8;

-- The comment without MediaWiki's name of the section.
create or replace macro said(comment) as trim(regexp_replace(comment, '^\s*/\*.*?\*/', '', 's'), E' \t\n\r');

-- "bot" as a word at the beginning or the end: set off by what is no letter, or by a capital (FooBot, botFoo).
create or replace macro is_called_bot(name) as
  regexp_matches(name, '^(?i:bot)([^\pL]|$)|^(bot|Bot)\p{Lu}|(^|[^\pL])(?i:bot)$|\p{Ll}(Bot|BOT)$');

create or replace table derived as
select p.* exclude (comment), p.comment,
  coalesce(length_new, 0) - coalesce(length_old, 0) as bytes_changed,
  case when is_bot then 'bot' when regexp_matches(user_name, '^~2\d{3}-') then 'temporary'
    when is_address(user_name) then 'anonymous' else 'registered' end as user_kind,
  floor((epoch_us(ingestion_timestamp) - epoch_us(event_time)) / 1e6)::bigint as processing_lag_seconds,
  hour(event_time)::integer as event_hour, event_time::date as event_date,
  said(comment) <> '' as has_comment, is_called_bot(user_name) = is_bot as is_bot_consistent,
  coalesce(w.name, p.wiki || ':' || p.title) as canonical_entity, w.name is not null as is_allowlisted
from parsed p left join watched w on w.wiki = p.wiki and w.title = lower(replace(p.title, '_', ' '));

create or replace table judged as
select *, abs(bytes_changed) > 10240 as is_large_edit, user_kind in ('anonymous', 'temporary') as is_anonymous,
  coalesce(
    meta_id is not null and title is not null and user_name is not null and wiki is not null
    and event_timestamp is not null and processing_lag_seconds is not null
    and event_type in ('edit', 'new', 'log', 'categorize') and namespace is not null
    and (event_type = 'log' or wikimedia_id > 0)
    and event_timestamp > 1640995200 and event_timestamp < (select epoch(clock) from plan) + 600, false) as is_good
from derived;

-- Of good rows with one id the first in the log.
create or replace table silver as
select * exclude (is_good) from judged where is_good
qualify row_number() over (partition by meta_id order by kafka_topic, kafka_partition, kafka_offset) = 1;

create or replace table refused as
select kafka_topic, kafka_partition, kafka_offset, null as meta_id from typed where is_malformed
union all select kafka_topic, kafka_partition, kafka_offset, meta_id from judged where not is_good;
