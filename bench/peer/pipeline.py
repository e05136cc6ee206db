"""The peer: what a small team would write in an afternoon. One process, orjson (or json), dicts, sqlite.

Reads NDJSON messages, remembers message ids, looks children's vignettes and everyone's documents up in dicts, runs a
few rules, and stores a row per traveller in transactions of 10,000 rows, synced.

usage: pipeline.py MESSAGES VIGNETTES WATCHLIST DATABASE
"""

import datetime
import os
import resource
import sqlite3
import sys
import time

try:
    from orjson import loads
except ImportError:
    from json import loads


def load_dicts(vignettes_file, watchlist_file):
    by_number, by_document, watched = {}, {}, set()
    with open(vignettes_file, "rb") as lines:
        for line in lines:
            record = loads(line)
            by_number[record["vignette"]] = record
            document = record.get("holder", {}).get("document")
            if document:
                by_document[document] = record
    with open(watchlist_file, "rb") as lines:
        for line in lines:
            for document in loads(line).get("documents", []):
                watched.add(document.get("number"))
    return by_number, by_document, watched


def is_child(traveller, arrival):
    birth = traveller.get("date_of_birth", "")
    if len(birth) < 10:
        return False
    year, month, day = int(birth[:4]), int(birth[5:7]), int(birth[8:10])
    return (arrival.year - year - ((arrival.month, arrival.day) < (month, day))) < 18


def points_of(traveller, adults, vignette, documents_on_flight, watched):
    points = 0
    services = traveller.get("services", [])
    if not adults.get(traveller.get("booking", {}).get("locator")) and "UMNR" not in services:
        points += 10
    if vignette and vignette.get("child", {}).get("travel") == "accompanied":
        named = [adult.get("document") for adult in vignette["child"].get("adults", [])]
        if not any(document in documents_on_flight for document in named):
            points += 14
    if any(document.get("number") in watched for document in traveller.get("documents", [])):
        points += 15
    if traveller.get("booking", {}).get("payment") == "cash":
        points += 5
    return points


def main():
    messages_file, vignettes_file, watchlist_file, database_file = sys.argv[1:5]
    by_number, by_document, watched = load_dicts(vignettes_file, watchlist_file)
    database = sqlite3.connect(database_file)
    database.executescript(
        "pragma journal_mode=wal; pragma synchronous=full;"
        "create table traveller(flight, ref, surname, given_names, birth, document, child, points);"
        "create table seen(id primary key) without rowid;")
    started = time.perf_counter()
    seen, rows, travellers, flags = set(), [], 0, {}
    with open(messages_file, "rb") as lines:
        for line in lines:
            message = loads(line)
            key = (message.get("sender"), message["message_id"])
            if key in seen:
                continue
            seen.add(key)
            flight = message["flight"]
            name = flight["number"] + flight["departs_at"][:10]
            arrival = datetime.date.fromisoformat(flight.get("arrives_at", flight["departs_at"])[:10])
            people = message.get("travellers", [])
            documents_on_flight = {d.get("number") for t in people for d in t.get("documents", [])}
            adults = {}
            children = [is_child(traveller, arrival) for traveller in people]
            for traveller, child in zip(people, children):
                if not child:
                    adults[traveller.get("booking", {}).get("locator")] = True
            for traveller, child in zip(people, children):
                travellers += 1
                documents = traveller.get("documents", [])
                points = 0
                if child:
                    vignette = None
                    for document in documents:
                        vignette = vignette or by_number.get(document.get("number")) or by_document.get(
                            document.get("number"))
                    points = points_of(traveller, adults, vignette, documents_on_flight, watched)
                    flags[name] = max(flags.get(name, 0), points)
                rows.append((name, traveller.get("ref"), traveller.get("surname"), traveller.get("given_names"),
                             traveller.get("date_of_birth"), documents[0].get("number") if documents else None, child,
                             points))
            if len(rows) >= 10000:
                database.executemany("insert into traveller values(?,?,?,?,?,?,?,?)", rows)
                database.commit()
                rows.clear()
    database.executemany("insert into traveller values(?,?,?,?,?,?,?,?)", rows)
    database.executemany("insert or ignore into seen values(?)", ((f"{a}/{b}",) for a, b in seen))
    database.commit()
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"{travellers} travellers {seconds:.3f} s {used.ru_utime + used.ru_stime:.3f} cpu_s "
          f"{sum(1 for p in flags.values() if p >= 10)} flights flagged", file=sys.stderr)
    print(f"{travellers} {seconds:.6f} {used.ru_utime + used.ru_stime:.6f}")


if __name__ == "__main__":
    main()
