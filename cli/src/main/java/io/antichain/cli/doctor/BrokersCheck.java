package io.antichain.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** Whether each broker is reached where it says it is, and whether there are enough to lose one. */
final class BrokersCheck implements Check {
    /** With two, one that is away leaves no copy to spare. */
    static final int ENOUGH = 3;

    @Override
    public List<Finding> findings(Survey survey) {
        List<Finding> findings = new ArrayList<>();
        for (BrokerContact broker : survey.brokers()) {
            broker.failure().ifPresent(failure -> findings.add(unreachable(broker, failure)));
        }
        if (!survey.brokers().isEmpty() && survey.brokers().size() < ENOUGH) {
            findings.add(Finding.of(
                            FindingKind.FEW_BROKERS,
                            "The cluster has too few brokers to keep all going, and lose nothing, while one is away")
                    .with("brokers", survey.brokers().size())
                    .remedy("keep what must last on three or more"));
        }
        return findings;
    }

    private static Finding unreachable(BrokerContact broker, String failure) {
        return broker.isRefusal()
                ? Finding.told(
                        FindingKind.BROKER_UNREACHABLE,
                        "Broker " + broker.id() + " at " + broker.address() + " refuses this client: " + failure)
                : Finding.of(
                                FindingKind.BROKER_UNREACHABLE,
                                "A broker is not reached from this machine at the address that it tells its clients")
                        .with("broker", broker.id())
                        .with("address", broker.address())
                        .with("failure", failure)
                        .remedy("correct advertised.listeners of the broker, or the names and routes of this machine");
    }
}
