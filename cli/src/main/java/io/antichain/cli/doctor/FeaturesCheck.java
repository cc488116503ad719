package io.antichain.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** Features of the cluster that the programs count on. */
final class FeaturesCheck implements Check {
    private static final int LATE_RECORDS_REFUSED = 2;

    @Override
    public List<Finding> findings(Survey survey) {
        List<Finding> findings = new ArrayList<>();
        survey.features().ifPresent(features -> {
            if (features.transactions() < LATE_RECORDS_REFUSED) {
                findings.add(Finding.of(
                                FindingKind.TRANSACTION_VERSION,
                                "Transactions do not keep out records that come late, so a message that was given up can still"
                                        + " come into the log with the next one, beside another of its number")
                        .with("transaction.version", features.transactions())
                        .remedy(
                                "run kafka-features.sh upgrade --feature transaction.version=2, once all brokers run Kafka 4.0 or"
                                        + " later"));
            }
            if (features.isMetadataOlder()) {
                findings.add(
                        Finding.of(FindingKind.METADATA_VERSION, "The tests run with a newer Kafka than this cluster")
                                .with("metadata.version", features.metadata())
                                .with("tested", features.tested())
                                .remedy(
                                        "upgrade its brokers, then run kafka-features.sh upgrade --release-version with their version"));
            }
        });
        return findings;
    }
}
