-- How many samples and positives there had been at a moment within a day: the counters hold whole days, the log holds
-- every moment. Only the kinds that are counted, so that other events pay nothing for it.
create index event_flow on event (kind, at) include (division)
  where kind in ('sample.registered', 'sample.withdrawn', 'result.screening_positive', 'result.amended');
