from __future__ import annotations

import time

import psycopg

from kanal.cli.bench import filling
from kanal.views.search.finding import search
from tests.views.conftest import Desk


async def test_perf(desk: Desk) -> None:
    t = time.perf_counter()
    with psycopg.connect(desk.url, autocommit=True) as c:
        for name, d in c.execute(
            "select indexname, indexdef from pg_indexes where tablename='search_entries' and indexname not like '%pkey'"
        ).fetchall():
            c.execute(f"drop index {name}")
            keep = globals().setdefault("K", [])
            keep.append(d)
        c.execute("set session_replication_role = replica")
        filling.texts(c)
        filling.fill(c, desk.account, desk.channel, [desk.agent, desk.admin], 60_000)
        print("rows", time.perf_counter() - t)
        t = time.perf_counter()
        c.execute("select search_fill(%s)", (desk.account,))
        print("fill", c.execute("select count(*) from search_entries").fetchone(), time.perf_counter() - t)
        t = time.perf_counter()
        for d in K:
            c.execute(d)
        print("index", time.perf_counter() - t)
        t = time.perf_counter()
        c.execute("vacuum analyze")
        print(
            c.execute(
                "select pg_size_pretty(pg_total_relation_size('search_entries')), pg_size_pretty(pg_relation_size('search_entries_words')), pg_size_pretty(pg_total_relation_size('messages'))"
            ).fetchone()
        )
        words = [
            w
            for (w,) in c.execute(
                "select word from ts_stat('select words from search_entries limit 3000') where word ~ '^[a-zåäö]{4,}$' order by nentry desc limit 400"
            ).fetchall()
        ]
    qs = [
        "lampa",
        "nr7001",
        "lampa nr9002",
        words[0],
        words[50],
        words[300],
        words[399],
        words[5][:3],
        words[100][:3],
        words[200][:4],
        "is:open",
        f"from:kund17 {words[3]}",
        f'"{words[0]} {words[1]}"',
        f'"lampa {words[1]}"',
        f"lampa -{words[1]}",
        "kund 12",
        "is:mine lampa",
        "nothingatall",
        "#4711",
        "is:closed before:2024-01-20 lampa",
        words[9] + " " + words[12],
    ]
    for q in qs:
        ts = []
        for _ in range(6):
            async with desk.db.transaction(desk.account) as tx:
                s = time.perf_counter()
                a = await search(tx, desk.agent, q)
                ts.append((time.perf_counter() - s) * 1e3)
        p2 = 0.0
        if a.next:
            async with desk.db.transaction(desk.account) as tx:
                s = time.perf_counter()
                b = await search(tx, desk.agent, q, after=a.next)
                p2 = (time.perf_counter() - s) * 1e3
        print(
            f"{q:40} {len(a.items):3} {a.total} first {ts[0]:.1f} then {min(ts):.1f}/{max(ts[1:]):.1f} page2 {p2:.1f}"
        )
    # what ingest costs
    async with desk.db.transaction(desk.account) as tx:
        conv = await tx.value("select id from conversations limit 1")
        s = time.perf_counter()
        n = 2000
        await tx.run("""insert into messages (account_id,id,conversation_id,channel_id,direction,space,from_key,from_address,from_name,subject,body_text,created_at,external_id)
          select account_id, gen_random_uuid(), conversation_id, channel_id,'in','email','a','a@b.c','Anna','Lampa',body_text,created_at,gen_random_uuid()::text from messages limit 2000""")
        print("insert 2000 with triggers", (time.perf_counter() - s) * 1e3, "ms")
