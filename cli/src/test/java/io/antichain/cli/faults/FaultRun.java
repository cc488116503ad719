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

/** Lets a schedule happen to a running system, and starts again what should run, until everything has healed. */
final class FaultRun {
    private static final long TICK_MS = 50;
    private static final long HEALS_WITHIN_MS = 180_000;
    private static final long FENCED_ENDS_WITHIN_MS = 120_000; // a busy machine takes ten times as long
    private static final int FENCED = 3;

    private record Later(long atMs, Runnable action) {}

    /** A node that somebody took the name from, and must end. */
    private static final class Doomed {
        final ProgramLives slot;
        final Life life;
        final Life rival;
        long sinceMs = -1;
        boolean disturbed;
        boolean standsStill;

        Doomed(ProgramLives slot, Life life, Life rival) {
            this.slot = slot;
            this.life = life;
            this.rival = rival;
        }
    }

    private final FaultySystem system;
    private final Schedule schedule;
    private final Map<Kind, Integer> happened = new EnumMap<>(Kind.class);
    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::atMs));
    private final Set<ProgramLives> busy = new HashSet<>();
    private final List<Doomed> doomed = new ArrayList<>();
    private final List<Long> fencedMs = new ArrayList<>();
    private final List<Long> restartMs = new ArrayList<>();
    private final Set<Life> starting = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private final long beganNs = System.nanoTime();
    private int brokerTroubles;

    FaultRun(FaultySystem system, Schedule schedule) {
        this.system = system;
        this.schedule = schedule;
    }

    /** Runs the whole schedule, heals, and returns when every node is ready again. */
    void run() throws InterruptedException {
        system.slots().forEach(slot -> starting.add(slot.current()));
        for (Fault fault : schedule.faults()) {
            while (nowMs() < fault.atMs()) {
                tick();
            }
            strike(fault);
        }
        long deadlineMs = nowMs() + HEALS_WITHIN_MS;
        while (!later.isEmpty() || !doomed.isEmpty() || !allReady()) {
            tick();
            if (nowMs() > deadlineMs) {
                violations.add("Everything heals within " + HEALS_WITHIN_MS + " ms: not ended="
                        + doomed.stream().map(one -> one.slot.name()).toList() + ", see the nodes' logs");
                return;
            }
        }
    }

    Map<Kind, Integer> happened() {
        return happened;
    }

    /** How long fenced nodes took to end, where the broker was there all the while. */
    List<Long> fencedMs() {
        return fencedMs;
    }

    /** From the start of a program to its readiness, where it came so far. */
    List<Long> restartMs() {
        return restartMs;
    }

    List<String> violations() {
        return violations;
    }

    private void strike(Fault fault) {
        switch (fault.kind()) {
            case KILL, TWINS, STOP, ZOMBIE, RIVAL -> slot(fault).ifPresent(slot -> strike(fault, slot));
            case BROKER_KILL -> {
                if (system.broker().isUp()) {
                    count(fault);
                    trouble(fault.durationMs(), () -> system.broker().start());
                    system.broker().kill();
                }
            }
            case SLOW -> {
                count(fault);
                system.broker().proxy().slow(20);
                trouble(fault.durationMs(), () -> system.broker().proxy().mend());
            }
            case CUT -> {
                count(fault);
                system.broker().proxy().cut();
                trouble(fault.durationMs(), () -> system.broker().proxy().mend());
            }
        }
    }

    private void strike(Fault fault, ProgramLives slot) {
        count(fault);
        busy.add(slot);
        Life struck = slot.current();
        long atMs = nowMs() + fault.durationMs();
        switch (fault.kind()) {
            case KILL -> {
                struck.program().kill();
                later.add(new Later(atMs, () -> restart(slot)));
            }
            case TWINS -> {
                struck.program().kill();
                Life first = slot.start();
                Life second = slot.start();
                starting.add(second);
                doomed.add(new Doomed(slot, first, second));
            }
            case STOP -> {
                struck.program().stop();
                later.add(new Later(atMs, () -> {
                    struck.program().goOn();
                    busy.remove(slot);
                }));
            }
            case ZOMBIE -> {
                struck.program().stop();
                starting.add(slot.start());
                Doomed zombie = new Doomed(slot, struck, slot.current());
                zombie.standsStill = true;
                doomed.add(zombie);
                later.add(new Later(atMs, () -> {
                    zombie.standsStill = false;
                    struck.program().goOn();
                }));
            }
            case RIVAL -> {
                starting.add(slot.start());
                doomed.add(new Doomed(slot, struck, slot.current()));
            }
            default -> throw new IllegalArgumentException("not about a node: " + fault);
        }
    }

    private void restart(ProgramLives slot) {
        starting.add(slot.start());
        busy.remove(slot);
    }

    /** The node that the schedule names, or the next that nothing happens to. */
    private Optional<ProgramLives> slot(Fault fault) {
        List<ProgramLives> slots = system.slots();
        for (int i = 0; i < slots.size(); i++) {
            ProgramLives slot = slots.get((fault.program() + i) % slots.size());
            if (!busy.contains(slot) && slot.current().program().isAlive()) {
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }

    private void trouble(long durationMs, Runnable mend) {
        brokerTroubles++;
        later.add(new Later(nowMs() + durationMs, () -> {
            mend.run();
            brokerTroubles--;
        }));
    }

    private void count(Fault fault) {
        happened.merge(fault.kind(), 1, Integer::sum);
    }

    private void tick() throws InterruptedException {
        while (!later.isEmpty() && later.peek().atMs() <= nowMs()) {
            later.remove().action().run();
        }
        starting.removeIf(life -> {
            boolean ready = life.isReady();
            if (ready) {
                restartMs.add(System.nanoTime() / 1_000_000 - life.startedMs());
            }
            return ready || !life.program().isAlive();
        });
        doomed.removeIf(this::hasEnded);
        for (ProgramLives slot : system.slots()) {
            if (!busy.contains(slot) && !slot.current().program().isAlive()) {
                starting.add(slot.start());
            }
        }
        system.keepAnalyzer();
        TimeUnit.MILLISECONDS.sleep(TICK_MS);
    }

    /** Of two programs under one name one must end, with 3, and the other stays the one that requests go to. */
    private boolean hasEnded(Doomed one) {
        one.disturbed |= brokerTroubles > 0 || !system.broker().isUp();
        boolean isUp = one.rival.isReady();
        if (one.sinceMs < 0 && isUp && !one.standsStill) {
            one.sinceMs = nowMs();
        }
        if (one.life.program().isAlive() && one.rival.program().isAlive()) {
            return false;
        }
        if (!one.life.program().isAlive()) {
            if (one.life.program().exitCode() != FENCED) {
                violations.add("A fenced node exits with 3: process=" + one.slot.name() + ", exit="
                        + one.life.program().exitCode());
            }
            if (one.sinceMs >= 0 && !one.disturbed) {
                long tookMs = Math.max(0, (one.life.program().endedNs() - beganNs) / 1_000_000 - one.sinceMs);
                fencedMs.add(tookMs);
                if (tookMs > FENCED_ENDS_WITHIN_MS) {
                    violations.add("A fenced node ends within " + FENCED_ENDS_WITHIN_MS + " ms: process="
                            + one.slot.name() + ", ms=" + tookMs);
                }
            }
        } else {
            // The older of twins may be the one that took the name last.
            one.slot.use(one.life);
        }
        busy.remove(one.slot);
        return true;
    }

    private boolean allReady() {
        return system.slots().stream().allMatch(slot -> slot.current().isReady());
    }

    private long nowMs() {
        return (System.nanoTime() - beganNs) / 1_000_000;
    }
}
