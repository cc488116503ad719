-- Who conflicts with whom, on what, how often and since when: psql -f ops/postgres/report.sql
select least(c.process, r.process)    as one,
       greatest(c.process, r.process) as other,
       c.key,
       sum(r.length)                  as pairs,
       min(c.at)                      as since,
       max(c.at)                      as until
from conflicts c
join conflict_runs r using (id)
group by 1, 2, 3
order by pairs desc, one, other, c.key
limit 50;
