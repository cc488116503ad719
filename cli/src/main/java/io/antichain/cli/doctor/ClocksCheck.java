package io.antichain.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * Wall clocks that are off. They decide nothing but for how long events are held: a clock that is ahead makes that shorter for all
 * others. So one that is off by less than the window is good to know, also as certificates and tokens are valid by it.
 */
final class ClocksCheck implements Check {
    private static final long WORTH_SAYING_MS = 5_000;

    @Override
    public List<Finding> findings(Survey survey) {
        long windowMs = survey.thresholds().windowTimeMs();
        List<Finding> findings = new ArrayList<>();
        survey.clocks().stream()
                .filter(clock -> clock.offMs() > WORTH_SAYING_MS)
                .map(clock -> Finding.of(
                                clock.offMs() > windowMs ? FindingKind.CLOCK_BEYOND_WINDOW : FindingKind.CLOCK_OFF,
                                "The wall clock of another machine is not that of this one")
                        .with("machine", clock.machine())
                        .with("clock", clock.written())
                        .remedy("have both set theirs by NTP"))
                .forEach(findings::add);
        survey.topics().stream()
                .filter(topic -> topic.aheadMs() > WORTH_SAYING_MS)
                .map(topic -> ahead(topic, windowMs))
                .forEach(findings::add);
        return findings;
    }

    private static Finding ahead(TopicCounts topic, long windowMs) {
        boolean isBrokers =
                topic.settings().map(TopicSettings::hasLogAppendTime).orElse(false);
        return Finding.of(
                        topic.aheadMs() > windowMs ? FindingKind.CLOCK_BEYOND_WINDOW : FindingKind.CLOCK_OFF,
                        "A record's timestamp lies in the future, so earlier events count as older than they are")
                .with("topic", topic.topic())
                .with("record", topic.latest())
                .with("ahead", ClockReading.seconds(topic.aheadMs()))
                .remedy("set the clock of " + (isBrokers ? "the broker" : "its producer")
                        + ", or of this machine, by NTP");
    }
}
