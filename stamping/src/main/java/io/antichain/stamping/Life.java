package io.antichain.stamping;

import io.antichain.clocks.StampEncoder;
import io.antichain.stamping.clock.SharedClock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One life of a process in this JVM: what all its clients share. */
final class Life {
    final SharedClock clock;
    final StampEncoder encoder = new StampEncoder();
    final StampingFigures figures;
    final Complaints complaints = new Complaints();
    final Surroundings surroundings;

    /** The topics whose ends were looked through for what earlier lives have published. */
    final Map<String, Boolean> published = new ConcurrentHashMap<>();

    /** How many {@link Stamping}s are open; guarded by {@link Lives}. */
    int users;

    Life(SharedClock clock, Surroundings surroundings) {
        this.clock = clock;
        this.surroundings = surroundings;
        this.figures = new StampingFigures(clock);
    }

    long nowMs() {
        return surroundings.nowMs();
    }

    /** Counts an error, and says it unless one of its kind was said within the last minute. */
    void wentWrong(String kind, String sentence, Throwable cause) {
        figures.errors.increment();
        complaints.say(kind, nowMs(), sentence, cause);
    }
}
