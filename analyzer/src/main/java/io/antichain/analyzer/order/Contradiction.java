package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Anomaly.Kind;
import java.util.Map;

/**
 * An event held whose clock claims the arriving event, and which the arriving event's clock claims.
 *
 * @param process the process number of the one held
 * @param counter its counter
 * @param entry its entry for the arriving event's process
 */
record Contradiction(int process, long counter, long entry) {
    Anomaly by(Arriving record, ProcessTable processes, long[] clock) {
        Dot other = new Dot(processes.process(process), counter);
        return record.anomaly(
                Kind.CONTRADICTION,
                "Two events each claim to come after the other: event=" + record.dot() + ", other=" + other
                        + ", " + record.dot() + " knew " + clock[process] + " of " + other.process() + ", " + other
                        + " knew " + entry + " of " + record.dot().process()
                        + "; neither is taken for concurrent; one of the clocks is wrong",
                Map.of("other", other.toString(), "knew", "" + clock[process], "otherKnew", "" + entry));
    }
}
