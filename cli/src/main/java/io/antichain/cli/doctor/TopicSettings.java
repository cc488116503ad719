package io.antichain.cli.doctor;

/**
 * A topic's settings, as far as they decide what is found in it and kept of it.
 *
 * @param isCompacted whether {@code cleanup.policy} names compact
 * @param minCompactionLagMs {@code min.compaction.lag.ms}: for so long compaction leaves a record alone, ms
 * @param isDeleted whether {@code cleanup.policy} names delete
 * @param retentionMs {@code retention.ms}; -1 keeps records for ever
 * @param retentionBytes {@code retention.bytes}, of a partition; -1 sets no bound
 * @param hasLogAppendTime whether {@code message.timestamp.type} is LogAppendTime
 * @param minInSyncReplicas {@code min.insync.replicas}: how many copies have to be complete for a write to be accepted
 */
public record TopicSettings(
        boolean isCompacted,
        long minCompactionLagMs,
        boolean isDeleted,
        long retentionMs,
        long retentionBytes,
        boolean hasLogAppendTime,
        int minInSyncReplicas) {
    /** {@code cleanup.policy}, as it is set. */
    String cleanupPolicy() {
        return !isCompacted ? "delete" : isDeleted ? "compact,delete" : "compact";
    }
}
