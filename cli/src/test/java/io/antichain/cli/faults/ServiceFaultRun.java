package io.antichain.cli.faults;

import io.antichain.cli.faults.Schedule.Fault;
import io.antichain.cli.faults.Schedule.Kind;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Lets a schedule happen to services and their broker, starts again whoever has ended, and ends all in the end. */
final class ServiceFaultRun {
    /** A clock has to fit into the metadata of an offset, so there is a limit to lives: then nothing is ended any more. */
    static final int MOST_LIVES = 280;

    private static final long TICK_MS = 50;
    /** What could not happen in time, as programs came up slowly, happens after it, but for so long. */
    private static final long LATE_MS = 300_000;

    private static final long ENDS_WITHIN_MS = 60_000;
    private static final long RESTS_MS = 300;

    private record Later(long atMs, Runnable action) {}

    private final FaultyBroker broker;
    private final List<ServiceSlot> slots;
    private final Runnable always;
    private final Map<Kind, Integer> happened = new EnumMap<>(Kind.class);
    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::atMs));
    private final Set<ServiceSlot> busy = new HashSet<>();
    private final long beganNs = System.nanoTime();
    private boolean isBrokerBusy;
    private int endedByThemselves;

    /** @param always what is to be done again and again beside it */
    ServiceFaultRun(FaultyBroker broker, List<ServiceSlot> slots, Runnable always) {
        this.broker = broker;
        this.slots = slots;
        this.always = always;
    }

    Map<Kind, Integer> happened() {
        return happened;
    }

    int endedByThemselves() {
        return endedByThemselves;
    }

    int lives() {
        return slots.stream().mapToInt(ServiceSlot::lives).sum();
    }

    /** Runs the whole schedule, lets everything heal, and returns when every service has ended; whether all did in order. */
    boolean run(Schedule schedule, long lengthMs) throws InterruptedException {
        slots.forEach(ServiceSlot::start);
        for (Fault fault : schedule.faults()) {
            while (nowMs() < fault.atMs()) {
                tick();
            }
            strike(fault);
        }
        while (nowMs() < lengthMs || isBrokerBusy || !later.isEmpty() && nowMs() < lengthMs + LATE_MS) {
            tick();
        }
        slots.forEach(slot -> slot.current().goOn());
        slots.forEach(slot -> slot.current().terminate());
        boolean hasEnded = true;
        for (ServiceSlot slot : slots) {
            hasEnded &= slot.current().endsWithin(ENDS_WITHIN_MS);
        }
        return hasEnded;
    }

    private void strike(Fault fault) {
        switch (fault.kind()) {
            case BROKER_STOP -> trouble(fault, broker::stop, broker::goOn);
            case CUT -> trouble(fault, broker.proxy()::cut, broker.proxy()::mend);
            case KILL, STOP, LEAVE -> {
                Optional<ServiceSlot> free = free(fault);
                if (free.isPresent()) {
                    strike(fault, free.get());
                } else {
                    later.add(new Later(nowMs() + RESTS_MS, () -> strike(fault)));
                }
            }
            default -> throw new IllegalArgumentException("not about a service: " + fault);
        }
    }

    /** One at a time: a broker that is cut off while it stands still is nothing new. */
    private void trouble(Fault fault, Runnable begin, Runnable mend) {
        if (isBrokerBusy) {
            later.add(new Later(nowMs() + fault.durationMs(), () -> strike(fault)));
            return;
        }
        count(fault);
        isBrokerBusy = true;
        begin.run();
        later.add(new Later(nowMs() + fault.durationMs(), () -> {
            mend.run();
            isBrokerBusy = false;
        }));
    }

    private void strike(Fault fault, ServiceSlot slot) {
        count(fault);
        busy.add(slot);
        Program struck = slot.current();
        long atMs = nowMs() + fault.durationMs();
        if (fault.kind() == Kind.STOP) {
            struck.stop();
            later.add(new Later(atMs, () -> {
                struck.goOn();
                busy.remove(slot);
            }));
            return;
        }
        if (fault.kind() == Kind.KILL) {
            struck.kill();
        } else {
            struck.terminate();
        }
        later.add(new Later(atMs, () -> restart(slot)));
    }

    private void restart(ServiceSlot slot) {
        if (slot.current().isAlive()) {
            later.add(new Later(nowMs() + TICK_MS, () -> restart(slot)));
            return;
        }
        slot.start();
        busy.remove(slot);
    }

    /** The instance that the schedule names, or the next that nothing happens to. */
    private Optional<ServiceSlot> free(Fault fault) {
        for (int i = 0; i < slots.size(); i++) {
            ServiceSlot slot = slots.get((fault.program() + i) % slots.size());
            if (!busy.contains(slot) && slot.isAtWork() && lives() < MOST_LIVES) {
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }

    private void count(Fault fault) {
        happened.merge(fault.kind(), 1, Integer::sum);
    }

    private void tick() throws InterruptedException {
        while (!later.isEmpty() && later.peek().atMs() <= nowMs()) {
            later.remove().action().run();
        }
        for (ServiceSlot slot : slots) {
            if (!busy.contains(slot) && !slot.current().isAlive()) {
                endedByThemselves++;
                busy.add(slot);
                later.add(new Later(nowMs() + RESTS_MS, () -> restart(slot)));
            }
        }
        always.run();
        TimeUnit.MILLISECONDS.sleep(TICK_MS);
    }

    private long nowMs() {
        return (System.nanoTime() - beganNs) / 1_000_000;
    }
}
