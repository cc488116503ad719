package io.antichain.stamping.clock;

import io.antichain.clocks.BinaryForm;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.VectorClock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The clock of one process, shared by all its producers, consumers and threads.
 *
 * <ol>
 *   <li>A counter is given once, in one step with the reading of all other entries, and never again, whatever becomes of the
 *       record: a batch that timed out may still land. Numbers left out cost nothing.
 *   <li>The clock never falls. So the stamps of one process can be put into the order of their counters, however its records
 *       overtake each other on their way.
 *   <li>An entry that was not raised for {@code forgetMs} is left out of stamps, and kept in memory: only a greater value brings
 *       it back. So a missing entry is never a fall, and a lower one always is.
 *   <li>The process's own entry is never left out.
 * </ol>
 *
 * <p>Safe for use by several threads; no method waits for anything but another one. Times are ms since 1970 UTC, told by the
 * caller, and decide only how long an entry is kept.
 */
public final class SharedClock {
    /** How many events an entry, or a Lamport timestamp, may run ahead of what was heard: as the analyzer's default. */
    public static final long MAX_JUMP = 1_000_000;

    private final ProcessId process;
    private final long forgetMs;
    private final Claims claims = new Claims();

    // Invariants: no process has an entry both in recent and in old. raisedAtMs has the processes of both but its own,
    // and no others. The process's own entry, if it has one, is in recent: it is the last counter given.
    private VectorClock recent = VectorClock.empty();
    private VectorClock old = VectorClock.empty();
    private LamportTimestamp lamport = LamportTimestamp.ZERO;
    private final Map<ProcessId, Long> raisedAtMs = new HashMap<>();
    /** No other process's entry of recent was raised before. */
    private long oldestRaisedMs = Long.MAX_VALUE;

    private long ownRaisedMs;

    /**
     * The clock of a life that has neither published nor delivered anything.
     *
     * @param process the life, whose name and incarnation nobody else has
     * @param forgetMs after how long an entry that nothing raised is left out of stamps, ms; at least 1
     */
    public SharedClock(ProcessId process, long forgetMs) {
        this.process = process;
        this.forgetMs = forgetMs;
    }

    /** Whose clock it is. */
    public ProcessId process() {
        return process;
    }

    /**
     * The stamp of the process's next event.
     *
     * @throws IllegalArgumentException if the process has published 2^53 − 1 events
     */
    public synchronized Stamp stamp(long nowMs) {
        leaveOut(nowMs);
        recent = recent.tick(process);
        ownRaisedMs = nowMs;
        lamport = lamport.value() < LamportTimestamp.MAX_VALUE ? lamport.tick() : lamport;
        return new Stamp(new Dot(process, recent.get(process)), recent, lamport);
    }

    /** Takes over what a record's stamp knows; to be called when the application is handed the record, not before. */
    public synchronized StampOutcome deliver(Stamp stamp, long nowMs) {
        return deliver(stamp, nowMs, nowMs);
    }

    /**
     * Takes over what a life before this one was handed or published, as a record of the log shows it.
     *
     * @param stampedAtMs when the record was written: what it knew was raised no later
     */
    public synchronized StampOutcome recover(Stamp stamp, long stampedAtMs, long nowMs) {
        StampOutcome delivery = deliver(stamp, Math.min(stampedAtMs, nowMs), nowMs);
        return delivery == StampOutcome.SECOND_LIFE ? StampOutcome.DELIVERED : delivery;
    }

    private StampOutcome deliver(Stamp stamp, long raisedMs, long nowMs) {
        leaveOut(nowMs);
        VectorClock news = news(stamp.clock());
        if (claims.refuses(stamp, news, this::known, lamport)) {
            return StampOutcome.TOO_FAR;
        }
        if (news.size() > 0 && recent.merge(news).size() > BinaryForm.MAX_ENTRIES) {
            return StampOutcome.TOO_WIDE;
        }
        boolean isSecondSelf = news.get(process) > 0;
        merge(news, stamp.lamport(), raised -> raisedMs, nowMs);
        if (isSecondSelf) {
            return StampOutcome.SECOND_SELF;
        }
        return isOtherLife(stamp) && stamp.clock().get(process) > 0 ? StampOutcome.SECOND_LIFE : StampOutcome.DELIVERED;
    }

    /**
     * Takes over what a life before knew. Entries keep their age, so that one that nothing raises is forgotten also by a process
     * that starts again every day; those left out come along, so that whoever still has them in stamps tells this life no news.
     */
    public synchronized StampOutcome recover(Knowledge before, long nowMs) {
        leaveOut(nowMs);
        VectorClock news = news(before.clock());
        if (recent.merge(news(before.raisedSince(nowMs - forgetMs / 2).clock())).size() > BinaryForm.MAX_ENTRIES) {
            return StampOutcome.TOO_WIDE;
        }
        Map<ProcessId, Long> raisedMs = before.raisedAtMs();
        merge(news, before.lamport(), raised -> raisedMs.getOrDefault(raised, nowMs), nowMs);
        return StampOutcome.DELIVERED;
    }

    /**
     * What is to be handed on. Entries that are left out are among it for as long again: others have raised them later, by as long
     * as records take to be handed out, and until they leave them out too, a life that did not know them would take them for news.
     */
    public synchronized Knowledge knowledge(long nowMs) {
        leaveOut(nowMs);
        Map<ProcessId, Long> ages = new HashMap<>(raisedAtMs);
        ages.put(process, ownRaisedMs);
        return new Knowledge(clock(), lamport, ages).raisedSince(nowMs - 2 * forgetMs);
    }

    /** All that the process knows, old entries included. */
    public synchronized VectorClock clock() {
        return old.size() == 0 ? recent : recent.merge(old);
    }

    /** How many entries the next stamp has, at most. */
    public synchronized int width() {
        return recent.size();
    }

    private boolean isOtherLife(Stamp stamp) {
        ProcessId sender = stamp.dot().process();
        return sender.incarnation() != process.incarnation() && sender.name().equals(process.name());
    }

    private long known(ProcessId of) {
        return Math.max(recent.get(of), old.get(of));
    }

    /** The entries of a clock that are greater than what is known. */
    private VectorClock news(VectorClock clock) {
        switch (clock.compare(recent)) {
            case EQUAL, BEFORE:
                return VectorClock.empty();
            case AFTER, CONCURRENT:
                break;
        }
        ProcessId[] raised = new ProcessId[clock.size()];
        long[] entries = new long[raised.length];
        int[] count = {0};
        clock.forEach((named, entry) -> {
            // A process is named in any case, since one array has one length: with 0 it is none of the clock's.
            raised[count[0]] = named;
            entries[count[0]++] = entry > known(named) ? entry : 0;
        });
        return VectorClock.of(raised, entries);
    }

    /**
     * Merges what is news. An entry whose age is more than half of what makes it old does not begin to be in stamps, and one that
     * is in stamps stays for as long as that: else a stamp that has it and one that leaves it out would lie so close together that
     * one may overtake the other, and whoever reads them would see the clock fall.
     */
    private void merge(VectorClock news, LamportTimestamp received, ToLongFunction<ProcessId> raisedMs, long nowMs) {
        lamport = lamport.deliver(received, ReceiveRule.MERGE);
        if (news.size() == 0) {
            return;
        }
        Map<ProcessId, Long> aside = new HashMap<>(old.entries());
        Map<ProcessId, Long> late = new HashMap<>();
        long halfMs = nowMs - forgetMs / 2;
        news.forEach((raised, entry) -> {
            long atMs = Math.min(nowMs, raisedMs.applyAsLong(raised));
            aside.remove(raised);
            if (raised.equals(process)) {
                ownRaisedMs = Math.max(ownRaisedMs, atMs);
            } else if (recent.get(raised) > 0) {
                raise(raised, Math.max(raisedAtMs.get(raised), Math.max(atMs, halfMs)));
            } else if (atMs >= halfMs) {
                raise(raised, atMs);
            } else {
                aside.put(raised, entry);
                late.put(raised, entry);
                raisedAtMs.merge(raised, atMs, Math::max);
            }
        });
        old = aside.isEmpty() ? VectorClock.empty() : VectorClock.of(aside);
        recent = recent.merge(late.isEmpty() ? news : without(news, late));
    }

    private static VectorClock without(VectorClock clock, Map<ProcessId, Long> left) {
        Map<ProcessId, Long> rest = new HashMap<>(clock.entries());
        rest.keySet().removeAll(left.keySet());
        return VectorClock.of(rest);
    }

    private void raise(ProcessId raised, long atMs) {
        raisedAtMs.put(raised, atMs);
        oldestRaisedMs = Math.min(oldestRaisedMs, atMs);
    }

    /** Puts aside what was not raised for long: a look at all entries only when the oldest may be due. */
    private void leaveOut(long nowMs) {
        if (oldestRaisedMs == Long.MAX_VALUE || nowMs - oldestRaisedMs <= forgetMs) {
            return;
        }
        Map<ProcessId, Long> kept = new HashMap<>();
        Map<ProcessId, Long> aside = new HashMap<>(old.entries());
        recent.forEach((named, entry) -> {
            boolean isOld = !named.equals(process) && nowMs - raisedAtMs.get(named) > forgetMs;
            (isOld ? aside : kept).put(named, entry);
        });
        recent = VectorClock.of(kept);
        old = VectorClock.of(aside);
        oldestRaisedMs = kept.keySet().stream()
                .filter(named -> !named.equals(process))
                .mapToLong(raisedAtMs::get)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
