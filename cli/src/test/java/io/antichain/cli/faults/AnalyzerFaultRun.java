package io.antichain.cli.faults;

import io.antichain.cli.faults.ProgramLives.Life;
import io.antichain.cli.faults.Schedule.Fault;
import io.antichain.cli.faults.Schedule.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Lets a schedule happen to analyzers that run, and starts again what should run, until everything has healed. */
final class AnalyzerFaultRun {
    private static final long TICK_MS = 50;
    private static final long HEALS_WITHIN_MS = 120_000;
    /** An analyzer may end by itself where the broker was away less than this ago. */
    private static final long BROKER_FORGIVEN_MS = 30_000;

    /** What is to happen to a broker that is down waits so long. */
    private static final long BROKER_RESTS_MS = 3_000;

    private record Later(long atMs, Runnable action) {}

    private final FaultyBroker broker;
    private final List<ProgramLives> slots;
    private final Map<Kind, Integer> happened = new EnumMap<>(Kind.class);
    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::atMs));
    private final Set<ProgramLives> busy = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private final long beganNs = System.nanoTime();
    private long brokerAwayAtMs = -BROKER_FORGIVEN_MS;

    AnalyzerFaultRun(FaultyBroker broker, List<ProgramLives> slots) {
        this.broker = broker;
        this.slots = slots;
    }

    /** Runs the whole schedule, heals, and returns when every analyzer is ready again. */
    void run(Schedule schedule) throws InterruptedException {
        for (Fault fault : schedule.faults()) {
            while (nowMs() < fault.atMs()) {
                tick();
            }
            strike(fault);
        }
        long deadlineMs = nowMs() + HEALS_WITHIN_MS;
        while (!later.isEmpty()
                || !slots.stream().allMatch(slot -> slot.current().isReady())) {
            tick();
            if (nowMs() > deadlineMs) {
                violations.add("Every analyzer is ready again within " + HEALS_WITHIN_MS + " ms: ready="
                        + slots.stream()
                                .filter(slot -> slot.current().isReady())
                                .map(ProgramLives::name)
                                .toList());
                return;
            }
        }
    }

    Map<Kind, Integer> happened() {
        return happened;
    }

    List<String> violations() {
        return violations;
    }

    private void strike(Fault fault) {
        switch (fault.kind()) {
            case BROKER_KILL -> {
                if (broker.isUp()) {
                    count(fault);
                    later.add(new Later(nowMs() + fault.durationMs(), broker::start));
                    broker.kill();
                } else {
                    later.add(new Later(nowMs() + BROKER_RESTS_MS, () -> strike(fault)));
                }
            }
            case KILL, STOP, LEAVE -> free(fault).ifPresent(slot -> strike(fault, slot));
            default -> throw new IllegalArgumentException("not about an analyzer: " + fault);
        }
    }

    private void strike(Fault fault, ProgramLives slot) {
        count(fault);
        busy.add(slot);
        Life struck = slot.current();
        long atMs = nowMs() + fault.durationMs();
        if (fault.kind() == Kind.STOP) {
            struck.program().stop();
            later.add(new Later(atMs, () -> {
                struck.program().goOn();
                busy.remove(slot);
            }));
            return;
        }
        if (fault.kind() == Kind.KILL) {
            struck.program().kill();
        } else {
            struck.program().terminate();
        }
        later.add(new Later(atMs, () -> restart(slot)));
    }

    private void restart(ProgramLives slot) {
        if (slot.current().program().isAlive()) {
            later.add(new Later(nowMs() + TICK_MS, () -> restart(slot)));
            return;
        }
        slot.start();
        busy.remove(slot);
    }

    /** The analyzer that the schedule names, or the next that nothing happens to. */
    private Optional<ProgramLives> free(Fault fault) {
        for (int i = 0; i < slots.size(); i++) {
            ProgramLives slot = slots.get((fault.program() + i) % slots.size());
            if (!busy.contains(slot) && slot.current().program().isAlive()) {
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }

    private void count(Fault fault) {
        happened.merge(fault.kind(), 1, Integer::sum);
    }

    private void tick() throws InterruptedException {
        brokerAwayAtMs = broker.isUp() ? brokerAwayAtMs : nowMs();
        while (!later.isEmpty() && later.peek().atMs() <= nowMs()) {
            later.remove().action().run();
        }
        for (ProgramLives slot : slots) {
            if (!busy.contains(slot) && !slot.current().program().isAlive()) {
                endedByItself(slot);
                slot.start();
            }
        }
        TimeUnit.MILLISECONDS.sleep(TICK_MS);
    }

    private void endedByItself(ProgramLives slot) {
        String sentence = "An analyzer does not end by itself: name=" + slot.name() + ", life="
                + slot.lives().size() + ", exit=" + slot.current().program().exitCode();
        System.out.println("faults: at " + nowMs() + " ms: " + sentence + ", broker away at " + brokerAwayAtMs);
        if (nowMs() - brokerAwayAtMs > BROKER_FORGIVEN_MS) {
            violations.add(sentence);
        }
    }

    private long nowMs() {
        return (System.nanoTime() - beganNs) / 1_000_000;
    }
}
