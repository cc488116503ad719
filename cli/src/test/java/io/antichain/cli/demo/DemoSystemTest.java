package io.antichain.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.cli.verify.Verification;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job with broker and registry in the JVM. */
class DemoSystemTest {
    @TempDir
    private Path folder;

    @Test
    void everyScenarioGivesTheConflictsThatItExpectsAndNoOthers() {
        try (DemoSystem system = DemoSystem.start(DemoPorts.free(), folder)) {
            MainJob.run(system, "sync");
            MainJob.run(system, "async");
            MainJob.run(system, "between-syncs");
            MainJob.run(system, "partition");
        }
    }

    @Test
    void aSystemStartedAgainOnTheSameFolderGoesOnWhereItWas() {
        long events;
        try (DemoSystem system = DemoSystem.start(DemoPorts.free(), folder)) {
            MainJob.run(system, "async");
            events = MainJob.verified(system).events();
        }
        try (DemoSystem system = DemoSystem.start(DemoPorts.free(), folder)) {
            MainJob.run(system, "async");
            Verification both = MainJob.verified(system);
            assertThat(both.events()).isEqualTo(2 * events);
            assertThat(both.holds()).isTrue();
        }
    }
}
