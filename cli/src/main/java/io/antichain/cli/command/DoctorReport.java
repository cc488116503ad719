package io.antichain.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.cli.doctor.Finding;
import io.antichain.cli.doctor.ProcessCounts;
import io.antichain.cli.doctor.Survey;
import io.antichain.cli.doctor.TopicCounts;
import java.util.ArrayList;
import java.util.List;

/** What the doctor saw and found, for people and for programs. */
final class DoctorReport {
    private DoctorReport() {}

    /** A line for each thing that was looked at, then one for each finding, and one that counts them. */
    static List<String> text(Survey survey, List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        lines.addAll(ClusterReport.text(survey));
        survey.topics().forEach(topic -> lines.add(line(topic)));
        survey.unread()
                .forEach(topic -> lines.add("topic " + topic + ": not read; a finding says what does not answer"));
        survey.processes().forEach(process -> lines.add(line(process)));
        findings.forEach(finding -> lines.add((finding.matters() ? "matters: " : "note: ") + finding.sentence()));
        long matter = findings.stream().filter(Finding::matters).count();
        lines.add(
                findings.isEmpty()
                        ? "Nothing was found."
                        : counted(findings.size(), "finding") + ", " + (matter == 0 ? "none" : matter)
                                + " of which matter" + (matter < 2 ? "s." : "."));
        return lines;
    }

    private static String line(TopicCounts topic) {
        return "topic " + topic.topic() + ": " + counted(topic.records(), "record") + " in "
                + counted(topic.partitionCount(), "partition") + ", " + topic.stamped() + " with a stamp"
                + (topic.widestClock() == 0 ? "" : ", clocks of at most " + entries(topic.widestClock()));
    }

    private static String line(ProcessCounts process) {
        return "process " + process.name() + ": " + counted(process.records(), "record") + " in "
                + String.join(" ", process.topics())
                + (process.lives() == 1 ? "" : ", " + process.lives() + " lives")
                + (process.readsNothing() ? ", knows of no other process" : "");
    }

    private static String entries(int count) {
        return count + (count == 1 ? " entry" : " entries");
    }

    static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    static ObjectNode json(Survey survey, List<Finding> findings) {
        ObjectNode report = ClusterReport.json(survey);
        var topics = report.putArray("topics");
        survey.topics().forEach(topic -> topics.addObject()
                .put("topic", topic.topic())
                .put("partitions", topic.partitionCount())
                .put("records", topic.records())
                .put("stamped", topic.stamped())
                .put("unstamped", topic.unstamped().count())
                .put("unreadable", topic.unreadable().count())
                .put("text", topic.text().count())
                .put("widestClock", topic.widestClock()));
        var processes = report.putArray("processes");
        survey.processes().forEach(process -> {
            ObjectNode json = processes
                    .addObject()
                    .put("process", process.name())
                    .put("lives", process.lives())
                    .put("records", process.records())
                    .put("readsNothing", process.readsNothing());
            process.topics().forEach(json.putArray("topics")::add);
        });
        var found = report.putArray("findings");
        findings.forEach(finding -> {
            ObjectNode json = found.addObject()
                    .put("kind", finding.kind().name())
                    .put("matters", finding.matters())
                    .put("sentence", finding.sentence());
            finding.values().forEach(json.putObject("values")::put);
        });
        return report;
    }
}
