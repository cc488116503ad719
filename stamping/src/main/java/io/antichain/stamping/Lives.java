package io.antichain.stamping;

import io.antichain.clocks.ProcessId;
import io.antichain.stamping.Surroundings.LifeNumber;
import io.antichain.stamping.clock.SharedClock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lives in this JVM, by process name. All clients of one name share one life; it ends when the last of them is closed, and
 * whoever opens the name again begins another, which is another process.
 */
final class Lives {
    /** Those that configured clients share. */
    static final Lives OF_THIS_JVM = new Lives(KafkaSurroundings::new, true);

    private static final Logger LOG = LoggerFactory.getLogger(Stamping.class);

    private final Supplier<Surroundings> surroundings;
    private final Map<String, Life> lives = new HashMap<>();
    private final boolean isShownInJmx;
    private Optional<String> unnamed = Optional.empty();

    Lives(Supplier<Surroundings> surroundings, boolean isShownInJmx) {
        this.surroundings = surroundings;
        this.isShownInJmx = isShownInJmx;
    }

    /** The life of the configured name; without one, of the name that the first such client of this JVM was given. */
    synchronized Life enter(StampingSettings settings, Map<String, ?> properties) {
        String name = settings.process().or(() -> unnamed).orElseGet(() -> ProcessName.by(properties));
        if (settings.process().isEmpty()) {
            unnamed = Optional.of(name);
        }
        Life life = lives.computeIfAbsent(name, absent -> begin(absent, settings, properties));
        life.users++;
        return life;
    }

    private Life begin(String name, StampingSettings settings, Map<String, ?> properties) {
        Surroundings world = surroundings.get();
        LifeNumber number = world.lifeNumber(name, properties);
        Life life = new Life(new SharedClock(new ProcessId(name, number.incarnation()), settings.forgetMs()), world);
        LOG.info("A life of a process begins: process={}", life.clock.process());
        if (number.isDrawn()) {
            life.wentWrong(
                    "drawn",
                    "The number of this life was drawn at random, since the broker gave none: process="
                            + life.clock.process() + ", reason=" + number.reason()
                            + "; let the service write to that transactional id, so that no two lives can be alike",
                    null);
        }
        if (isShownInJmx) {
            FiguresBean.register(life);
        }
        return life;
    }

    synchronized void leave(Life life) {
        life.users--;
        if (life.users == 0) {
            lives.remove(life.clock.process().name(), life);
            if (isShownInJmx) {
                FiguresBean.unregister(life);
            }
        }
    }
}
