package io.antichain.stamping.clock;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.VectorClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Doubts a clock that runs too far ahead, as the analyzer does: one corrupt record must not poison every clock by maximum. What
 * two events claim is believed, so that a process that did not read for long hears again.
 */
final class Claims {
    private static final int MOST = 1_000;

    /** What was claimed, and by which event. */
    private record Claim(long value, Dot by) {}

    /** By process, empty for the Lamport timestamp: the claim that was refused last. */
    private final Map<Optional<ProcessId>, Claim> refused = new HashMap<>();

    /**
     * Whether the stamp claims what nobody else did.
     *
     * @param news the entries of its clock that are greater than what is known
     * @param known what is known of a process; of one that was never heard, any entry is believed
     */
    boolean refuses(Stamp stamp, VectorClock news, ToLongFunction<ProcessId> known, LamportTimestamp lamport) {
        List<Optional<ProcessId>> doubted = new ArrayList<>(0);
        news.forEach((process, entry) -> {
            if (isTooFar(entry, known.applyAsLong(process)) && !isClaimed(Optional.of(process), entry, stamp.dot())) {
                doubted.add(Optional.of(process));
            }
        });
        long timestamp = stamp.lamport().value();
        if (isTooFar(timestamp, lamport.value()) && !isClaimed(Optional.empty(), timestamp, stamp.dot())) {
            doubted.add(Optional.empty());
        }
        if (doubted.isEmpty()) {
            return false;
        }
        if (refused.size() + doubted.size() > MOST) {
            refused.clear();
        }
        doubted.forEach(whose -> refused.put(
                whose, new Claim(whose.map(process -> news.get(process)).orElse(timestamp), stamp.dot())));
        return true;
    }

    private static boolean isTooFar(long value, long heard) {
        return heard > 0 && value - heard > SharedClock.MAX_JUMP;
    }

    private boolean isClaimed(Optional<ProcessId> whose, long value, Dot by) {
        Claim claim = refused.get(whose);
        return claim != null && !claim.by.equals(by) && Math.abs(value - claim.value) <= SharedClock.MAX_JUMP;
    }
}
