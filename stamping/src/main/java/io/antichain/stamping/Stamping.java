package io.antichain.stamping;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.StampHeader;
import io.antichain.clocks.VectorClock;
import io.antichain.stamping.clock.StampOutcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service instance's part in the order: a clock that all its producers and consumers share. Each record that goes out through a
 * wrapped producer carries, in the header {@link StampHeader#NAME}, what the instance had been handed until then.
 *
 * <p>Whoever opens the same process name in one JVM shares one clock. With the last {@link #close()} that life ends; whoever opens
 * the name again is another process, which takes over what this one knew as far as it committed or published.
 *
 * <pre>{@code
 * Stamping stamping = Stamping.open(properties);
 * Producer<String, Order> producer = stamping.wrap(new KafkaProducer<String, Order>(properties));
 * Consumer<String, Order> consumer = stamping.wrap(new KafkaConsumer<String, Order>(properties));
 * }</pre>
 */
public final class Stamping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stamping.class);

    private final Lives lives;
    private final Life life;
    private final StampingSettings settings;
    private final Map<String, ?> properties;
    private final Inheritance inheritance;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Stamping(Lives lives, Life life, StampingSettings settings, Map<String, ?> properties) {
        this.lives = lives;
        this.life = life;
        this.settings = settings;
        this.properties = properties;
        this.inheritance = new Inheritance(life, settings, properties);
    }

    /**
     * Joins the process that the properties name, or begins its next life, for which the broker is asked for at most 10 s.
     *
     * @param properties a Kafka client's, with {@code bootstrap.servers}, and settings that begin with {@code antichain.}
     * @throws IllegalArgumentException if one of those is not known or not understood
     */
    public static Stamping open(Map<String, ?> properties) {
        return open(properties, Lives.OF_THIS_JVM);
    }

    /** As {@link #open(Map)}. */
    public static Stamping open(Properties properties) {
        Map<String, Object> map = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        properties.forEach((name, value) -> map.put(name.toString(), value));
        return open(map);
    }

    static Stamping open(Map<String, ?> properties, Lives lives) {
        StampingSettings settings = StampingSettings.of(properties, System.getenv());
        return new Stamping(lives, lives.enter(settings, properties), settings, properties);
    }

    /** A producer whose records are stamped as they are appended, in one step; else it does what {@code producer} does. */
    public <K, V> StampingProducer<K, V> wrap(Producer<K, V> producer) {
        begins(
                "wrapped producer",
                "each record is stamped" + (settings.failsOnError() ? " or refused" : " or counted"));
        return new StampingProducer<>(this, producer, () -> {}, topic -> true);
    }

    /** A consumer whose records' clocks are merged as they are handed out; else it does what {@code consumer} does. */
    public <K, V> DeliveringConsumer<K, V> wrap(Consumer<K, V> consumer) {
        begins(
                "wrapped consumer",
                switch (settings.deliver()) {
                    case RECORD ->
                        "a record is known once it is handed out, so a handler that takes many at once is said to"
                                + " know them all";
                    case BATCH -> "a whole batch is known as it is handed over";
                    case EXPLICIT -> "a record is known once Stamping.deliver is called with it";
                    case NONE -> "nothing that is read is known";
                });
        return new DeliveringConsumer<>(this, consumer, () -> {});
    }

    /** Merges a record's clock: with {@code antichain.deliver=explicit}, before the record is handled, on whatever thread. */
    public void deliver(ConsumerRecord<?, ?> record) {
        Stamps.Found found = Stamps.read(record.headers());
        if (found.stamp().isPresent()) {
            deliver(found.stamp().get(), record);
        } else if (found.fault().isPresent()) {
            life.wentWrong(
                    "unreadable",
                    "A stamp could not be read: topic=" + record.topic() + ", partition=" + record.partition()
                            + ", offset=" + record.offset() + "; the record is delivered as if it had none",
                    found.fault().get());
        } else {
            life.figures.deliveredUnstamped.increment();
        }
    }

    private void deliver(Stamp stamp, ConsumerRecord<?, ?> record) {
        StampOutcome delivery = life.clock.deliver(stamp, life.nowMs());
        if (delivery != StampOutcome.TOO_FAR && delivery != StampOutcome.TOO_WIDE) {
            life.figures.delivered.increment();
        }
        if (delivery != StampOutcome.DELIVERED) {
            life.wentWrong(
                    delivery.name(),
                    sentence(delivery) + ": process=" + life.clock.process() + ", event=" + stamp.dot() + ", topic="
                            + record.topic() + ", partition=" + record.partition() + ", offset=" + record.offset()
                            + remedy(delivery),
                    null);
        }
    }

    /**
     * Stamps the record that is about to be sent with these headers, for clients that cannot be wrapped. What is stamped first must
     * be sent first, if the log is to be in the order of the stamps; whatever stamp the headers held before is taken out.
     */
    public void stamp(Headers headers) {
        byte[] value = nextStamp("headers");
        headers.remove(StampHeader.NAME);
        if (value.length > 0) {
            headers.add(StampHeader.NAME, value);
        }
    }

    /** What the process knows now: entries that stamps leave out are included. */
    public VectorClock clock() {
        return life.clock.clock();
    }

    /** The process, in its present life. */
    public ProcessId process() {
        return life.clock.process();
    }

    /** Leaves the process. Wrapped clients stay open, and go on stamping. Closing again does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            lives.leave(life);
        }
    }

    /** The log line that states how far the promises go. */
    void begins(String level, String promise) {
        LOG.info(
                "Stamping: process={}, level={}, antichain.deliver={}, antichain.recover={}; {}",
                life.clock.process(),
                level,
                settings.deliver(),
                settings.recover(),
                promise);
    }

    boolean stamps(String topic) {
        return settings.topics().include(topic);
    }

    /** A stamped copy of the record; the record as it is, counted, if that failed and nobody asked to fail. */
    <K, V> ProducerRecord<K, V> stamped(ProducerRecord<K, V> record) {
        byte[] value = nextStamp(record.topic());
        return value.length > 0 ? Stamps.stamped(record, value) : Stamps.unstamped(record);
    }

    /** A header's value; empty if it could not be made. The counter is gone in either case. */
    private byte[] nextStamp(String topic) {
        try {
            byte[] value = settings.header().write(life.encoder, life.clock.stamp(life.nowMs()));
            life.figures.stamped.increment();
            life.figures.headerBytes.add(value.length);
            return value;
        } catch (RuntimeException e) {
            life.figures.unstamped.increment();
            String sentence = "A record was not stamped: process=" + life.clock.process() + ", topic=" + topic
                    + (settings.failsOnError()
                            ? "; it was not sent, as antichain.on.error=fail"
                            : "; it is sent without");
            life.wentWrong("unstamped", sentence, e);
            if (settings.failsOnError()) {
                throw new StampingException(sentence, e);
            }
            return new byte[0];
        }
    }

    /** The records, so that each is merged when the settings say so. */
    <K, V> ConsumerRecords<K, V> handOver(ConsumerRecords<K, V> records) {
        return switch (settings.deliver()) {
            case RECORD -> records.isEmpty() ? records : HandedOutRecords.of(records, this::deliver);
            case BATCH -> {
                records.forEach(this::deliver);
                yield records;
            }
            case EXPLICIT, NONE -> records;
        };
    }

    Life life() {
        return life;
    }

    StampingSettings settings() {
        return settings;
    }

    Inheritance inheritance() {
        return inheritance;
    }

    private static String sentence(StampOutcome delivery) {
        return switch (delivery) {
            case DELIVERED -> "";
            case TOO_FAR -> "A clock runs too far ahead and was not merged";
            case TOO_WIDE -> "A clock was not merged, since too many processes would be known";
            case SECOND_LIFE -> "Two lives of one process are at work at once";
            case SECOND_SELF -> "Somebody else has this process's name and number";
        };
    }

    private static String remedy(StampOutcome delivery) {
        return switch (delivery) {
            case DELIVERED -> "";
            case TOO_FAR -> "; it is believed once a second event claims as much";
            case TOO_WIDE -> "; lower antichain.forget.ms, or look for somebody who makes up process names";
            case SECOND_LIFE -> "; give each instance an antichain.process of its own";
            case SECOND_SELF -> "; restart this instance, so that it is given another number";
        };
    }

    /** The consumers' group, empty if none is given. */
    String groupId() {
        Object group = properties.get("group.id");
        return group == null ? "" : group.toString();
    }
}
