package io.antichain.analyzer.order;

import io.antichain.schemas.Anomaly;
import java.util.Arrays;
import java.util.List;

/** What is {@link Missing}, of every process: looked at once in each grace time, so that what is said has lasted for one. */
final class Absences {
    private final ProcessTable processes;
    private final long graceMs;
    private final boolean isWhole;
    private Missing[] byNumber = new Missing[8];
    private long checkedMs = Long.MIN_VALUE;

    Absences(ProcessTable processes, EngineLimits limits) {
        this.processes = processes;
        this.graceMs = limits.graceMs();
        this.isWhole = limits.isWholeExecution();
    }

    Missing of(int number) {
        if (number >= byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, 2 * number);
        }
        if (byNumber[number] == null) {
            byNumber[number] = new Missing(processes.process(number), isWhole);
        }
        return byNumber[number];
    }

    void forget(int number) {
        if (number < byNumber.length) {
            byNumber[number] = null;
        }
    }

    /** Reports, once, what has been missing for the grace time; {@code nowMs} is the log time. */
    void checkAt(long nowMs, List<Anomaly> notices) {
        if (checkedMs == Long.MIN_VALUE) {
            checkedMs = nowMs;
        } else if (nowMs - checkedMs > graceMs) {
            checkedMs = nowMs;
            check(notices);
        }
    }

    /** Reports what is missing, however short the time. */
    void checkNow(List<Anomaly> notices) {
        check(notices);
        check(notices);
    }

    private void check(List<Anomaly> notices) {
        for (Missing missing : byNumber) {
            if (missing != null) {
                missing.check(notices);
            }
        }
    }

    void write(FrontierWriter out) {
        out.number(checkedMs);
        for (int number = 0; number < processes.size(); number++) {
            boolean known = number < byNumber.length && byNumber[number] != null;
            out.flags(known);
            if (known) {
                byNumber[number].write(out);
            }
        }
    }

    void read(FrontierReader in) {
        checkedMs = in.number();
        for (int number = 0; number < processes.size(); number++) {
            if (in.flags(1)[0]) {
                of(number);
                byNumber[number] = Missing.read(processes.process(number), in);
            }
        }
    }
}
