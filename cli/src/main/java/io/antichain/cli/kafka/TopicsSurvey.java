package io.antichain.cli.kafka;

import io.antichain.analyzer.decode.EventDecoder;
import io.antichain.cli.doctor.RecordPlace;
import io.antichain.cli.doctor.Survey;
import io.antichain.cli.doctor.TopicCounts;
import io.antichain.clocks.StampHeader;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.StampedRecords;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads topics for the doctor, up to where they end now: by a consumer in no group, so nothing is written. Counts alone are kept,
 * so topics may be of any size.
 */
public final class TopicsSurvey {
    private static final int TELL_EVERY = 100_000;

    private final Cluster cluster;
    private final TopicReader reader;
    private final LongConsumer progress;
    private long read;

    /**
     * A reader.
     *
     * @param progress told now and then, and at the end, how many records were read
     */
    public TopicsSurvey(Cluster cluster, LongConsumer progress) {
        this.cluster = cluster;
        this.reader = new TopicReader(cluster);
        this.progress = progress;
    }

    /**
     * Reads topics; waits for open transactions to end.
     *
     * @param survey is told; where it knows already why a topic cannot be read, the topic is left out
     * @throws ClusterException if no broker answers, or an open transaction does not end
     */
    public void tell(Survey survey, List<String> topics) {
        try (Deserializer<?> deserializer = cluster.deserializer()) {
            topics.stream().distinct().forEach(topic -> read(topic, survey, deserializer));
        }
        progress.accept(read);
    }

    private void read(String topic, Survey survey, Deserializer<?> deserializer) {
        TopicCounts counts = survey.counts(topic);
        try {
            reader.oldest(topic).forEach(counts::begin);
            reader.readBytesToEnd(topic, record -> take(record, counts, deserializer));
            counts.end(System.currentTimeMillis());
            survey.read(counts);
        } catch (ClusterException e) {
            if (e.kind() == ClusterException.Kind.TOPIC_MISSING) {
                survey.missing(topic);
            } else if (e.getCause() instanceof TopicAuthorizationException) {
                survey.refused(topic);
            } else if (survey.lacksBroker(topic)) {
                survey.unread(topic);
            } else {
                throw e;
            }
        } catch (TopicAuthorizationException e) {
            survey.refused(topic);
        } catch (DecodingException e) {
            if (!survey.lacksRegistry()) {
                throw e;
            }
            survey.unread(topic);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, TopicCounts counts, Deserializer<?> deserializer) {
        if (++read % TELL_EVERY == 0) {
            progress.accept(read);
        }
        RecordPlace place = new RecordPlace(record.partition(), record.offset(), record.timestamp());
        EventRecord found = EventRecord.of(record, cluster, reader, deserializer, EventDecoder.NO_PAYLOADS);
        if (found instanceof EventRecord.Read event) {
            counts.stamped(place, event.event(), isText(record), StampedRecords.isRepeated(record.headers()));
        } else if (found instanceof EventRecord.Unreadable unreadable) {
            counts.unreadable(place, unreadable.failure());
        } else {
            counts.unstamped(place);
        }
    }

    private static boolean isText(ConsumerRecord<byte[], byte[]> record) {
        Header stamp = StampedRecords.stamp(record.headers());
        return stamp != null && stamp.value() != null && StampHeader.isBase64(stamp.value());
    }
}
