package io.antichain.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commit an offset stems from, by journals: what truth the stamping clients are held against. */
class TenuresTest {
    @TempDir
    private Path folder;

    private void journal(String life, String... lines) throws Exception {
        Files.writeString(folder.resolve(life + ".journal"), String.join("\n", lines) + "\n");
    }

    private List<String> behindTheLastAssignment() throws Exception {
        List<ServiceLife> lives = ServiceLife.in(folder);
        ServiceLife last = lives.get(lives.size() - 1);
        return new Tenures(lives)
                .behind(last, 0, "orders-2").orElseThrow().stream()
                        .map(attempt -> attempt.life().plan().name() + "."
                                + attempt.life().number() + " try " + attempt.number())
                        .toList();
    }

    @Test
    void aTryOfWhichNobodyKnowsWhatBecameOfItDoesNotHideTheOneBefore() throws Exception {
        journal("stock-1.0", "assigned 1 orders-2@0", "committing 1 orders-2@12", "committed 1");
        journal("stock-1.1", "assigned 2 orders-2@12", "committing 1 orders-2@12"); // then it was killed
        journal("stock-2.0", "assigned 3 orders-2@12");
        assertThat(behindTheLastAssignment()).containsExactly("stock-1.1 try 1", "stock-1.0 try 1");
    }

    @Test
    void aTryThatIsKnownToHaveGoneWellDoes() throws Exception {
        journal("stock-1.0", "assigned 1 orders-2@0", "committing 1 orders-2@12", "committed 1");
        journal("stock-1.1", "assigned 2 orders-2@12", "committing 1 orders-2@12", "committed 1");
        journal("stock-2.0", "assigned 3 orders-2@12");
        assertThat(behindTheLastAssignment()).containsExactly("stock-1.1 try 1");
    }

    @Test
    void anOffsetThatALifeDidNotFindIsItsOwnWhateverItKnows() throws Exception {
        journal("stock-1.0", "assigned 1 orders-2@0", "committing 1 orders-2@7", "committed 1");
        journal("stock-1.1", "assigned 2 orders-2@7", "committing 1 orders-2@12");
        journal("stock-2.0", "assigned 3 orders-2@12");
        assertThat(behindTheLastAssignment()).containsExactly("stock-1.1 try 1");
    }
}
