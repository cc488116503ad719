package io.antichain.cli.faults;

import io.antichain.cli.faults.ServiceLife.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What each record's life knew when it sent it, rebuilt from the journals without a look at a stamp: what it had been handed and sent,
 * what whoever committed the offsets knew from which it goes on, and what lives of its name had published before its first record.
 *
 * <p>Knowledge is, per life, how many of its records in the log are known: a life's records are a chain. There are two of each, since
 * a journal does not see everything to the moment: what is surely known, and what may be.
 */
final class ServiceTruth {
    /** How far back ends of partitions are read: {@code Recovery.TAIL_RECORDS}. */
    private static final long TAIL_RECORDS = 1_000;

    /** How the library is in the services, and so what counts as known. */
    record Rules(boolean isWholePollKnown, boolean isPastInherited) {
        static final Rules WRAPPED = new Rules(false, true);
        static final Rules INTERCEPTORS = new Rules(true, false);
    }

    /** What is known, by life. */
    static final class Known {
        final int[] surely;
        final int[] maybe;

        Known(int lives) {
            this.surely = new int[lives];
            this.maybe = new int[lives];
        }

        Known copy() {
            Known copy = new Known(surely.length);
            System.arraycopy(surely, 0, copy.surely, 0, surely.length);
            System.arraycopy(maybe, 0, copy.maybe, 0, maybe.length);
            return copy;
        }

        void learn(Known other) {
            raise(surely, other.surely);
            raise(maybe, other.maybe);
        }

        static void raise(int[] known, int[] other) {
            for (int i = 0; i < known.length; i++) {
                known[i] = Math.max(known[i], other[i]);
            }
        }
    }

    /** A record, and what it knows; its own life's entry counts those before it. */
    static final class Sent {
        final StampedRecord record;
        final ServiceLife life;
        /** Which of its life's records in the log it is, from 0. */
        final int index;

        Known known;

        Sent(StampedRecord record, ServiceLife life, int index) {
            this.record = record;
            this.life = life;
            this.index = index;
        }

        boolean isSurelyBefore(Sent other) {
            return other.known.surely[life.index()] > index;
        }

        boolean mayBeBefore(Sent other) {
            return other.known.maybe[life.index()] > index;
        }
    }

    private final Rules rules;
    private final List<ServiceLife> lives;
    private final List<String> violations;
    private final Tenures tenures;
    private final Map<String, Sent> byPlace = new HashMap<>();
    private final Map<String, Sent> byValue = new HashMap<>();
    private final Known[] present;
    private final int[] next;
    private final Map<Tenures.Attempt, Known> attempts = new HashMap<>();

    ServiceTruth(Rules rules, List<ServiceLife> lives, List<StampedRecord> records, List<String> violations) {
        this.rules = rules;
        this.lives = lives;
        this.violations = violations;
        this.tenures = new Tenures(lives);
        this.present = new Known[lives.size()];
        this.next = new int[lives.size()];
        Arrays.setAll(present, life -> new Known(lives.size()));
        Map<String, StampedRecord> inLog = new HashMap<>();
        records.forEach(record -> inLog.put(record.value(), record));
        for (ServiceLife life : lives) {
            int[] count = {0};
            life.values("sent")
                    .map(inLog::remove)
                    .filter(record -> record != null)
                    .forEach(record -> {
                        Sent sent = new Sent(record, life, count[0]++);
                        byPlace.put(record.place(), sent);
                        byValue.put(record.value(), sent);
                    });
        }
        inLog.values().forEach(record -> violations.add("What is in the log was sent by somebody: " + record));
        boolean moved = true;
        while (moved) {
            moved = false;
            for (ServiceLife life : lives) {
                while (next[life.index()] < life.lines().size() && take(life)) {
                    next[life.index()]++;
                    moved = true;
                }
            }
        }
        for (ServiceLife life : lives) {
            if (next[life.index()] < life.lines().size()) {
                violations.add("A journal names what no journal and no log explains: life="
                        + life.plan().name() + "." + life.number() + ", line="
                        + life.lines().get(next[life.index()]));
            }
        }
    }

    /** The records of the log, with what they know. */
    List<Sent> all() {
        return new ArrayList<>(byValue.values());
    }

    /** False if the life's next line rests on something that is not known yet. */
    private boolean take(ServiceLife life) {
        Line line = life.lines().get(next[life.index()]);
        Known known = present[life.index()];
        return switch (line.what()) {
            case "polled" -> !rules.isWholePollKnown() || deliver(known, line.words());
            case "handed" -> rules.isWholePollKnown() || deliver(known, line.words());
            case "assigned" -> !rules.isPastInherited() || takeOver(life, line, known);
            case "ends-before" -> !rules.isPastInherited() || inherit(life, line, known);
            case "sent" -> {
                send(life, byValue.get(line.words().get(0)), known);
                yield true;
            }
            case "committing" -> {
                attempts.put(new Tenures.Attempt(life, line.number()), known.copy());
                yield true;
            }
            default -> true;
        };
    }

    private boolean deliver(Known known, List<String> places) {
        for (String place : places) {
            if (byPlace.containsKey(place) && byPlace.get(place).known == null) {
                return false;
            }
        }
        for (String place : places) {
            Sent sent = byPlace.get(place);
            if (sent == null) {
                violations.add("What is handed out stands in the log, committed: place=" + place);
            } else if (sent.record.stamp().isPresent()) {
                learn(known, sent, true);
            }
        }
        return true;
    }

    private static void learn(Known known, Sent sent, boolean surely) {
        int life = sent.life.index();
        if (surely) {
            Known.raise(known.surely, sent.known.surely);
            known.surely[life] = Math.max(known.surely[life], sent.index + 1);
        }
        Known.raise(known.maybe, sent.known.maybe);
        known.maybe[life] = Math.max(known.maybe[life], sent.index + 1);
    }

    private void send(ServiceLife life, Sent sent, Known known) {
        if (sent != null) {
            sent.known = known.copy();
            known.surely[life.index()] = sent.index + 1;
            known.maybe[life.index()] = sent.index + 1;
        }
    }

    /** What those knew who committed the offsets that it goes on from. */
    private boolean takeOver(ServiceLife life, Line line, Known known) {
        Known before = new Known(lives.size());
        for (String partition : line.offsets().keySet()) {
            Optional<List<Tenures.Attempt>> behind = tenures.behind(life, next[life.index()], partition);
            if (behind.isEmpty()) {
                violations.add("An offset was committed by somebody: life="
                        + life.plan().name() + "." + life.number() + ", partition=" + partition + ", line=" + line);
                continue;
            }
            Known one = null;
            for (Tenures.Attempt attempt : behind.get()) {
                Known its = attempts.get(attempt);
                if (its == null) {
                    return false;
                }
                if (one == null) {
                    one = its.copy();
                } else {
                    Known.raise(one.maybe, its.maybe);
                    for (int i = 0; i < one.surely.length; i++) {
                        one.surely[i] = Math.min(one.surely[i], its.surely[i]);
                    }
                }
            }
            if (one != null) {
                before.learn(one);
            }
        }
        known.learn(before);
        return true;
    }

    /** What lives of its name have published to the topic: between the two looks at its ends nobody knows. */
    private boolean inherit(ServiceLife life, Line before, Known known) {
        Map<String, Long> begin = before.offsets();
        Map<String, Long> end = new TreeMap<>();
        life.lines().stream()
                .filter(line -> line.what().equals("ends-after"))
                .forEach(line -> end.putAll(line.offsets()));
        for (Sent sent : byValue.values()) {
            boolean isEarlierLife = sent.life.plan().equals(life.plan()) && sent.life.number() < life.number();
            if (isEarlierLife && begin.containsKey(sent.record.partition())) {
                long offset = sent.record.offset();
                long least = begin.get(sent.record.partition());
                long most = end.getOrDefault(sent.record.partition(), Long.MAX_VALUE);
                if (offset < most
                        && offset >= least - TAIL_RECORDS
                        && sent.record.stamp().isPresent()) {
                    if (sent.known == null) {
                        return false;
                    }
                    learn(known, sent, offset < least && offset >= most - TAIL_RECORDS);
                }
            }
        }
        return true;
    }
}
