package io.antichain.analyzer.order;

import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Anomaly.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes of which records were heard: who joined, who is over, who is silent. */
final class Membership {
    private final Partitions partitions;
    private final ProcessTable processes;
    private final boolean keyed;
    private final boolean apart;
    private final List<KnownProcess> known = new ArrayList<>();
    private KnownProcess[] byNumber = new KnownProcess[8];

    Membership(Partitions partitions, ProcessTable processes, boolean keyed, boolean apart) {
        this.partitions = partitions;
        this.processes = processes;
        this.keyed = keyed;
        this.apart = apart;
    }

    /** In the order in which they were first heard. */
    List<KnownProcess> known() {
        return known;
    }

    /** The process; null if nothing was heard of it. */
    KnownProcess find(ProcessId process) {
        int number = processes.number(process);
        return number < 0 ? null : find(number);
    }

    /** The process with this number; null if nothing was heard of it. */
    KnownProcess find(int number) {
        return number < byNumber.length ? byNumber[number] : null;
    }

    /** Makes a process known, with a lane in every partition. */
    KnownProcess introduce(ProcessId id) {
        int number = processes.name(id);
        if (number >= byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, 2 * number);
        }
        KnownProcess introduced = new KnownProcess(id, number, partitions.ids(), keyed, apart);
        byNumber[number] = introduced;
        known.add(introduced);
        for (KnownProcess other : known) {
            if (isLaterLife(other.id(), id)) {
                endLanesHeardBy(other, introduced);
            }
        }
        return introduced;
    }

    /** The process writes its first record in the {@code at}-th partition: earlier lives of its name are over there. */
    void begins(KnownProcess process, int at) {
        for (KnownProcess other : known) {
            if (isLaterLife(process.id(), other.id())) {
                other.lanes()[at].end();
            }
        }
    }

    private static boolean isLaterLife(ProcessId later, ProcessId earlier) {
        return later.incarnation() > earlier.incarnation() && later.name().equals(earlier.name());
    }

    private static void endLanesHeardBy(KnownProcess later, KnownProcess earlier) {
        for (int at = 0; at < earlier.lanes().length; at++) {
            if (later.lanes()[at].heard()) {
                earlier.lanes()[at].end();
            }
        }
    }

    /** Silences every live process that has said nothing since {@code beforeMs}, and reports it. */
    void silenceQuietSince(long beforeMs, List<Anomaly> notices) {
        for (KnownProcess process : known) {
            if (process.lastHeardMs() < beforeMs && process.live()) {
                silence(
                        process,
                        "A process that holds events back sends a record now and then: process=" + process.id()
                                + ", last heard at=" + process.lastHeardMs() + " ms, log time=" + partitions.timeMs()
                                + " ms; until it speaks, nothing waits for it",
                        notices);
            }
        }
    }

    void silence(KnownProcess process, String sentence, List<Anomaly> notices) {
        process.setSilent(true);
        notices.add(about(Kind.OBSOLETE, process, sentence));
    }

    /** A record of the process was heard. */
    void spoke(KnownProcess process, long logTimeMs, List<Anomaly> notices) {
        process.heardAt(logTimeMs);
        if (process.silent()) {
            process.setSilent(false);
            notices.add(about(
                    Kind.OBSOLETE,
                    process,
                    "A silent process speaks again: process=" + process.id()
                            + "; what it did not know and was dropped meanwhile makes its records incomplete"));
        }
    }

    private static Anomaly about(Kind kind, KnownProcess process, String sentence) {
        return new Anomaly(
                kind,
                Optional.empty(),
                sentence,
                Map.of("process", process.id().toString(), "lastHeardMs", "" + process.lastHeardMs()));
    }

    void write(FrontierWriter out) {
        out.number(known.size());
        known.forEach(process -> process.write(out));
    }

    void read(FrontierReader in) {
        for (int count = in.count(); count > 0; count--) {
            introduce(processes.process(in.count())).read(in);
        }
    }
}
