package io.antichain.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.embedded.registry.RegistryChange.LevelSet;
import io.antichain.embedded.registry.RegistryChange.SchemaRegistered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaJournalTest {

    private static final RegistryChange FIRST = new SchemaRegistered("s", 1, 1, "\"string\"");
    private static final RegistryChange SECOND = new LevelSet(null, CompatibilityLevel.FULL);
    private static final RegistryChange THIRD = new LevelSet("ü", CompatibilityLevel.NONE);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeTwoChanges() throws IOException {
        file = folder.resolve(SchemaJournal.FILE_NAME);
        try (SchemaJournal journal = SchemaJournal.open(folder, change -> {})) {
            journal.append(FIRST);
            journal.append(SECOND);
        }
    }

    @Test
    void changesComeBackInOrder() throws IOException {
        assertThat(reopened()).containsExactly(FIRST, SECOND);
    }

    @Test
    void everyTornTailIsCutOffAndTheJournalGoesOn() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int firstLine = Files.readString(file).indexOf('\n') + 1;
        for (int length = firstLine; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (SchemaJournal journal = SchemaJournal.open(folder, change -> {})) {
                journal.append(THIRD);
            }
            assertThat(reopened()).as("length=%d", length).containsExactly(FIRST, THIRD);
        }
    }

    @Test
    void damageInAFinishedLineIsAnErrorThatNamesTheLine() throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, 10) + text.substring(text.indexOf('\n')));

        assertThatThrownBy(this::reopened).isInstanceOf(IOException.class).hasMessageContaining("line=1");
    }

    @Test
    void twoChangesTornIntoOneLineAreAnError() throws IOException {
        Files.writeString(file, Files.readString(file).replaceFirst("\n", ""));

        assertThatThrownBy(this::reopened).isInstanceOf(IOException.class).hasMessageContaining("line=1");
    }

    @Test
    void contradictingChangesAreAnErrorThatNamesTheLine() throws IOException {
        Files.writeString(
                file,
                "{\"change\":\"schema\",\"subject\":\"t\",\"version\":1,\"id\":1,\"schema\":\"\\\"int\\\"\"}\n",
                StandardOpenOption.APPEND);

        assertThatThrownBy(() -> DurableSchemas.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line=3");
    }

    @Test
    void refusedJournalIsLeftUnlocked() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.writeString(file, "damaged\n");
        assertThatThrownBy(this::reopened).isInstanceOf(IOException.class);
        Files.write(file, whole);

        assertThat(reopened()).containsExactly(FIRST, SECOND);
    }

    private List<RegistryChange> reopened() throws IOException {
        List<RegistryChange> changes = new ArrayList<>();
        SchemaJournal.open(folder, changes::add).close();
        return changes;
    }
}
