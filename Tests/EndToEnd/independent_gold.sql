-- What Gold should count, computed again from Silver's rows and open quarantine rows by the meaning of its columns. In: the tables
-- `silver_events` and `silver_quarantine` (open rows). Out: `entity`, `users`, `world`; without baselines and what
-- follows from them. Flags are only raised by three edits and more that are no bot's, for entities by two editors and more.

create or replace macro window_of(moment) as time_bucket(interval '10 minutes', moment, timestamptz '2000-01-01 00:00:00+00');
create or replace macro ratio(part, whole) as case when whole = 0 then 0.0 else part / whole end;
create or replace macro share_passed(passed, failed) as case when passed + failed = 0 then 1.0 else passed / (passed + failed) end;

create or replace table events as
select window_of(event_time) as window_start, *, event_type in ('edit', 'new') as is_edit from silver_events;

create or replace table failures as
select window_of(event_time) as window_start, entity, wiki, user_name from silver_quarantine where event_time is not null;

create or replace table entity as
select window_start, canonical_entity as entity, wiki, count(*) as total_events,
  count_if(event_type = 'edit') as edit_count, count_if(event_type = 'new') as new_page_count,
  count_if(event_type = 'categorize') as categorize_count, count_if(event_type = 'log') as log_count,
  count_if(is_edit and is_revert) as revert_count, count_if(is_edit and is_anonymous) as anonymous_edit_count,
  count_if(is_edit and is_bot) as bot_edit_count, count_if(is_edit and is_large_edit) as large_edit_count,
  count_if(is_edit and has_comment) as edits_with_comment,
  count(distinct user_name) filter (is_edit) as unique_editors,
  count(distinct user_name) filter (is_edit and is_anonymous) as unique_anonymous_editors,
  coalesce(sum(bytes_changed) filter (is_edit), 0) as total_bytes_changed,
  coalesce(sum(abs(bytes_changed)) filter (is_edit), 0) as abs_bytes_changed,
  avg(bytes_changed) filter (is_edit) as avg_bytes_changed,
  min(bytes_changed) filter (is_edit) as min_bytes_changed, max(bytes_changed) filter (is_edit) as max_bytes_changed,
  avg(processing_lag_seconds) as avg_processing_lag_seconds, max(processing_lag_seconds) as max_processing_lag_seconds,
  min(event_timestamp) as first_event_timestamp, max(event_timestamp) as last_event_timestamp,
  count_if(is_edit) as edits, count_if(is_edit and not is_bot) >= 3
    and count(distinct user_name) filter (is_edit and not is_bot) >= 2 as is_lively
from events group by all;

alter table entity add column quality_failed_count bigint default 0;
update entity set quality_failed_count = f.n
from (select window_start, entity, wiki, count(*) as n from failures group by all) f
where f.window_start = entity.window_start and f.entity = entity.entity and f.wiki = entity.wiki;

create or replace view entity_metrics as
select * exclude (edits, is_lively), total_events as quality_passed_count, ratio(revert_count, edits) as revert_ratio,
  ratio(anonymous_edit_count, edits) as anonymous_ratio, ratio(bot_edit_count, edits) as bot_ratio,
  share_passed(total_events, quality_failed_count) as quality_ratio,
  window_start + interval '10 minutes' as window_end, window_start::date as event_date,
  is_lively and abs_bytes_changed > 51200 as is_large_content_change,
  is_lively and ratio(revert_count, edits) > 0.3 as is_high_revert_rate,
  is_lively and ratio(anonymous_edit_count, edits) > 0.5 as is_anonymous_surge
from entity;

create or replace table users as
select window_start, user_name, is_bot, is_anonymous,
  case any_value(user_kind) when 'bot' then 'Bot' when 'temporary' then 'Temporary' when 'anonymous' then 'Anonymous'
    else 'Registered' end as user_type,
  count(*) as total_events, count_if(event_type = 'edit') as edit_count, count_if(event_type = 'new') as new_page_count,
  count_if(is_edit and is_revert) as revert_count, coalesce(sum(bytes_changed) filter (is_edit), 0) as total_bytes_changed,
  avg(bytes_changed) filter (is_edit) as avg_bytes_changed, count_if(is_edit and is_large_edit) as large_edit_count,
  count(distinct canonical_entity) filter (is_edit) as entities_edited, count(distinct wiki) filter (is_edit) as wikis_touched,
  count_if(is_edit and has_comment) as edits_with_comment, count_if(is_edit) as edits,
  count(distinct wiki) filter (is_edit and wiki not in ('commonswiki', 'wikidatawiki', 'metawiki')) as other_wikis,
  count_if(is_edit and not is_bot) >= 3 as is_lively
from events group by all;

-- Quarantine knows the name only: it counts for every key of that name.
create or replace view user_metrics as
select users.* exclude (edits, other_wikis, is_lively), ratio(revert_count, edits) as revert_ratio, window_start + interval '10 minutes' as window_end,
  window_start::date as event_date, coalesce(f.n, 0) as quality_failed_count,
  is_lively and revert_count > 3 as is_mass_reverter, is_lively and other_wikis > 2 as is_cross_wiki_active,
  is_lively and ratio(revert_count, edits) > 0.3 as is_high_revert_user
from users left join (select window_start, user_name, count(*) as n from failures group by all) f using (window_start, user_name);

create or replace table world as
select window_start, count(*) as total_events, count_if(event_type = 'edit') as total_edits, count_if(event_type = 'new') as total_new_pages,
  count_if(event_type = 'categorize') as total_categorize, count_if(event_type = 'log') as total_log,
  count_if(is_edit and is_revert) as total_reverts, count_if(is_edit and is_anonymous) as total_anonymous,
  count_if(is_edit and is_bot) as total_bot, count_if(is_edit and is_large_edit) as total_large_edits,
  coalesce(sum(bytes_changed) filter (is_edit), 0) as total_bytes_changed,
  avg(bytes_changed) filter (is_edit) as avg_bytes_changed,
  count(distinct user_name) as unique_users, count(distinct canonical_entity) filter (is_edit) as unique_entities,
  count(distinct wiki) filter (is_edit) as unique_wikis,
  avg(processing_lag_seconds) as avg_processing_lag, max(processing_lag_seconds) as max_processing_lag,
  count_if(is_edit) as edits
from events group by all;

create or replace view global_metrics as
select world.* exclude (edits), coalesce(f.n, 0) as total_quality_failed, ratio(total_reverts, edits) as revert_ratio,
  ratio(total_anonymous, edits) as anonymous_ratio, ratio(total_bot, edits) as bot_ratio,
  total_events / nullif(unique_users, 0) as events_per_user,
  total_events / nullif(unique_entities, 0) as events_per_entity,
  world.window_start + interval '10 minutes' as window_end, world.window_start::date as event_date
from world left join (select window_start, count(*) as n from failures group by all) f using (window_start);
