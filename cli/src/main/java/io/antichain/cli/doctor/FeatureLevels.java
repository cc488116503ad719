package io.antichain.cli.doctor;

/**
 * The levels of a cluster's features that are in force.
 *
 * @param transactions that of {@code transaction.version}; 0 where brokers do not know it
 * @param metadata that of {@code metadata.version}, as the tools write it, such as 4.3-IV0; "unknown" where it is not told, "level N" of a
 *     version newer than this program's
 * @param tested the {@code metadata.version} that the tests run with
 * @param isMetadataOlder whether the cluster's is older than that
 */
public record FeatureLevels(int transactions, String metadata, String tested, boolean isMetadataOlder) {}
