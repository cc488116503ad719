package io.antichain.cli.faults;

import io.antichain.cli.faults.ServiceTruth.Sent;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds the stamps in the log against what the journals say, by the definition: an event is known iff its process's entry reaches it. */
final class StampCheck {
    private final List<String> violations;
    private final Map<Integer, List<Sent>> chains = new HashMap<>();
    private final Map<Dot, Sent> byDot = new HashMap<>();
    private long dotsTwice;
    private long unstamped;

    StampCheck(ServiceTruth truth, List<String> violations) {
        this.violations = violations;
        for (Sent sent : truth.all()) {
            chains.computeIfAbsent(sent.life.index(), life -> new ArrayList<>()).add(sent);
            if (sent.record.stamp().isEmpty()) {
                unstamped++;
            } else if (byDot.put(sent.record.stamp().get().dot(), sent) != null) {
                dotsTwice++;
                violations.add("A dot is used once: record=" + sent.record);
            }
        }
        chains.values().forEach(chain -> chain.sort(Comparator.comparingInt(sent -> sent.index)));
        chains.values().forEach(this::oneProcessAndRising);
        chains.values().forEach(chain -> chain.forEach(this::knowsWhatItsLifeKnew));
    }

    long dotsTwice() {
        return dotsTwice;
    }

    long unstamped() {
        return unstamped;
    }

    Map<Dot, Sent> byDot() {
        return byDot;
    }

    private void oneProcessAndRising(List<Sent> chain) {
        for (int i = 1; i < chain.size(); i++) {
            if (chain.get(i).record.stamp().isPresent()
                    && chain.get(i - 1).record.stamp().isPresent()) {
                Dot before = chain.get(i - 1).record.stamp().get().dot();
                Dot dot = chain.get(i).record.stamp().get().dot();
                check(
                        dot.process().equals(before.process()) && dot.counter() > before.counter(),
                        "A life is one process, whose counters rise: dot=" + dot + ", before=" + before);
            }
        }
    }

    private void knowsWhatItsLifeKnew(Sent sent) {
        if (sent.known == null || sent.record.stamp().isEmpty()) {
            return; // said already, or counted
        }
        VectorClock clock = sent.record.stamp().get().clock();
        chains.forEach((life, chain) -> {
            if (life != sent.life.index()) {
                int claimed = claimed(clock, chain);
                check(
                        sent.known.surely[life] <= claimed && claimed <= sent.known.maybe[life],
                        "A stamp says what its life knew: record=" + sent.record.value() + " at " + sent.record.place()
                                + ", of=" + chain.get(0).life.plan().name() + "."
                                + chain.get(0).life.number() + ", claimed=" + claimed + ", surely known="
                                + sent.known.surely[life] + ", at most=" + sent.known.maybe[life]);
            }
        });
    }

    /** How many of a life's records a clock includes. */
    private static int claimed(VectorClock clock, List<Sent> chain) {
        ProcessId process = null;
        int claimed = 0;
        for (Sent sent : chain) {
            if (sent.record.stamp().isPresent()) {
                Dot dot = sent.record.stamp().get().dot();
                process = dot.process();
                if (clock.get(process) < dot.counter()) {
                    return claimed;
                }
                claimed = sent.index + 1;
            }
        }
        return claimed;
    }

    private void check(boolean holds, String sentence) {
        if (!holds) {
            violations.add(sentence);
        }
    }
}
