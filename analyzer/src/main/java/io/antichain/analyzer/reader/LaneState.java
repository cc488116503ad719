package io.antichain.analyzer.reader;

/**
 * How far one process has come in one partition.
 *
 * @param topic an events topic
 * @param partition one of its partitions
 * @param offset of its last record there, heartbeats included
 * @param counter of that record
 */
public record LaneState(String topic, int partition, long offset, long counter) {}
