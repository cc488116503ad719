package io.antichain.analyzer.order;

import io.antichain.schemas.Anomaly;
import java.util.Arrays;
import java.util.List;

/** What is {@link Missing}, of every process. */
final class Absences {
    private final ProcessTable processes;
    private Missing[] byNumber = new Missing[8];

    Absences(ProcessTable processes) {
        this.processes = processes;
    }

    Missing of(int number) {
        if (number >= byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, 2 * number);
        }
        if (byNumber[number] == null) {
            byNumber[number] = new Missing(processes.process(number));
        }
        return byNumber[number];
    }

    /** Reports, once, what has been missing since {@code beforeMs} or longer. */
    void report(long beforeMs, List<Anomaly> notices) {
        for (Missing missing : byNumber) {
            if (missing != null && !missing.isEmpty()) {
                notices.addAll(missing.missingSince(beforeMs));
            }
        }
    }

    void write(FrontierWriter out) {
        out.number(processes.size());
        for (int number = 0; number < processes.size(); number++) {
            of(number).write(out);
        }
    }

    void read(FrontierReader in) {
        int count = in.count();
        for (int number = 0; number < count; number++) {
            of(number);
            byNumber[number] = Missing.read(processes.process(number), in);
        }
    }
}
