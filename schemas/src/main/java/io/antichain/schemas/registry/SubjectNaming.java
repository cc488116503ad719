package io.antichain.schemas.registry;

import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** How the subject is named under which a schema is registered: Confluent's three strategies. */
enum SubjectNaming {
    TOPIC,
    RECORD,
    TOPIC_RECORD;

    /**
     * The strategy of a class name; none is TOPIC.
     *
     * @throws ConfigException if it is none of the three
     */
    static SubjectNaming of(String key, String className) {
        String name = className.substring(className.lastIndexOf('.') + 1);
        return switch (name) {
            case "", "TopicNameStrategy" -> TOPIC;
            case "RecordNameStrategy" -> RECORD;
            case "TopicRecordNameStrategy" -> TOPIC_RECORD;
            default ->
                throw new ConfigException(
                        key, className, "choose TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy");
        };
    }

    String subject(String topic, boolean key, Schema schema) {
        return switch (this) {
            case TOPIC -> topic + (key ? "-key" : "-value");
            case RECORD -> schema.getFullName();
            case TOPIC_RECORD -> topic + "-" + schema.getFullName();
        };
    }
}
