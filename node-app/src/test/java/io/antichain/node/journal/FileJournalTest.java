package io.antichain.node.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.antichain.node.protocol.Place;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    private final Counter lost = new SimpleMeterRegistry().counter("lost");

    @Test
    void aDiskThatIsFullHurtsNobodyAndTheLinesAreCounted() {
        Path full = Path.of("/dev/full");
        assumeThat(full).as("a device that is always full").exists();
        FileJournal journal = new FileJournal(full, lost);

        journal.committed(List.of(new Place(0, 1)));
        journal.committed(List.of(new Place(0, 2)));

        assertThat(lost.count()).isEqualTo(2);
    }

    @Test
    void whatIsTrueOfALineReachesTheFileAtOnce(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("node-1.journal");

        new FileJournal(file, lost).committed(List.of(new Place(0, 1), new Place(2, 7)));

        assertThat(Files.readString(file)).isEqualTo("{\"committed\":[[0,1],[2,7]]}\n");
        assertThat(lost.count()).isZero();
    }
}
