package io.antichain.cli.acls;

/**
 * One right, as Kafka's authorizer has it.
 *
 * @param principal who has it, as in {@code User:node-1}
 * @param operation what is permitted
 * @param resource on what kind of thing
 * @param name the thing's name, or what it begins with
 * @param isPrefix whether the name is the beginning of names
 * @param purpose what would not work without
 */
public record AccessRule(
        String principal, Operation operation, Resource resource, String name, boolean isPrefix, String purpose) {
    /** As in "Write on topic antichain.events". */
    public String written() {
        return operation.written() + " on " + resource.written() + " " + name + (isPrefix ? "*" : "");
    }

    /** As {@code kafka-acls --operation} names them. */
    public enum Operation {
        CREATE("Create"),
        DESCRIBE("Describe"),
        DESCRIBE_CONFIGS("DescribeConfigs"),
        READ("Read"),
        WRITE("Write");

        private final String written;

        Operation(String written) {
            this.written = written;
        }

        /** The word of the tool. */
        public String written() {
            return written;
        }
    }

    /** What rights are given on, with the tool's flag. */
    public enum Resource {
        TOPIC("--topic"),
        GROUP("--group"),
        TRANSACTIONAL_ID("--transactional-id");

        private final String flag;

        Resource(String flag) {
            this.flag = flag;
        }

        /** As sentences name it. */
        String written() {
            return flag.substring(2).replace('-', ' ');
        }

        /** The flag of {@code kafka-acls}. */
        public String flag() {
            return flag;
        }
    }
}
