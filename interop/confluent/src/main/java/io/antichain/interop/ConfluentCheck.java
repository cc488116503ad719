package io.antichain.interop;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;

/**
 * Reads the topics with Confluent's deserializer and holds the conflict records against the definition. Then two services
 * publish with Confluent's serializer, neither knowing of the other, and the analyzer has to say so.
 *
 * <p>It takes scope all, and a log that is not longer than the analyzer's window. Exit codes: 0 all is as it must be, 1 a
 * difference, 2 usage, 3 cannot connect.
 */
public final class ConfluentCheck {
    private static final int FAULTS_SHOWN = 20;

    private final CheckSettings settings;
    private final TopicContents contents;

    private ConfluentCheck(CheckSettings settings) {
        this.settings = settings;
        this.contents = new TopicContents(settings);
    }

    public static void main(String[] arguments) {
        System.exit(exitCode(arguments));
    }

    private static int exitCode(String[] arguments) {
        try {
            new ConfluentCheck(CheckSettings.of(arguments, System.getenv())).run();
            return 0;
        } catch (DifferenceException difference) {
            System.out.println(difference.getMessage());
            return 1;
        } catch (IllegalArgumentException usage) {
            System.err.println(usage.getMessage());
            return 2;
        } catch (KafkaException | IOException | ExecutionException | InterruptedException unreachable) {
            System.err.println("Broker and registry must answer: arguments=" + List.of(arguments) + ", reason="
                    + unreachable + "; are both up?");
            return 3;
        }
    }

    private void run() throws IOException, ExecutionException, InterruptedException {
        Subject before = Subject.find(settings, settings.subject("events"));
        try (CommittedRecords records = new CommittedRecords(
                settings, TopicContents.names().stream().map(settings::topic).toList())) {
            awaitAgreement(records, null);
            System.out.println("read with Confluent's deserializer: " + contents);

            ForeignService one = new ForeignService(settings, "confluent-a", before.schema());
            ForeignService other = new ForeignService(settings, "confluent-b", publishedSchema());
            one.mustWriteWithId(before.id());
            other.mustWriteWithId(before.id());
            String dot = one.publish(contents.events());
            String otherDot = other.publish(contents.events());
            System.out.println(
                    "written with Confluent's serializer: " + dot + " and " + otherDot + ", schema id=" + before.id());

            awaitAgreement(records, PublishedEvents.pair(dot, otherDot));
            for (ForeignService service : List.of(one, other)) {
                List<String> anomalies = contents.anomaliesOf(service.process());
                if (!anomalies.isEmpty()) {
                    throw new DifferenceException("The analyzer calls events anomalous: " + anomalies);
                }
            }
            System.out.println("reported as concurrent: " + dot + " and " + otherDot + "; " + contents);
        }
        Subject after = Subject.find(settings, before.name());
        if (!after.equals(before)) {
            throw new DifferenceException("The subject changed though its schema was registered again: subject="
                    + before.name() + ", versions before=" + before.versions() + ", after=" + after.versions());
        }
    }

    /** Reads on until the records are those of the definition, as the analyzer may still be at work. */
    private void awaitAgreement(CommittedRecords records, String pair) throws IOException {
        Instant deadline = Instant.now().plus(settings.within());
        List<String> faults;
        do {
            if (!records.readOn(deadline, contents::add)) {
                throw new DifferenceException("The topics were not read to their ends: within=" + settings.within());
            }
            faults = contents.faults();
            if (faults.isEmpty() && (pair == null || contents.reports(pair))) {
                contents.mustBeOfTheirSubjects();
                return;
            }
        } while (Instant.now().isBefore(deadline));
        throw new DifferenceException(String.join(
                System.lineSeparator(),
                faults.isEmpty()
                        ? List.of("A pair is not reported: " + pair)
                        : faults.subList(0, Math.min(faults.size(), FAULTS_SHOWN))));
    }

    /** The schema as it stands in this repository, for those who write events themselves. */
    private static Schema publishedSchema() throws IOException {
        try (InputStream file = ConfluentCheck.class.getResourceAsStream("/Event.avsc")) {
            return new Schema.Parser().parse(file);
        }
    }
}
