package io.antichain.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the guide shows of this example, held against the example. */
class GuideTest {
    private static final Path GUIDE = Path.of("../../docs/stamp-my-service.md");
    private static final Path STOCK = Path.of("src/main/java/io/antichain/example/stock");
    private static final Pattern DIFF = Pattern.compile("(?s)```diff\\n(.*?)```");

    @Test
    void theDiffOfTheGuideIsTheDifferenceOfTheTwoFiles() throws Exception {
        Matcher diff = DIFF.matcher(Files.readString(GUIDE));
        assertThat(diff.find()).isTrue();
        assertThat(marked(diff.group(1), "-")).containsExactlyElementsOf(only("Stock.java", "StampedStock.java"));
        assertThat(marked(diff.group(1), "+")).containsExactlyElementsOf(only("StampedStock.java", "Stock.java"));
    }

    @Test
    void theBeanOfTheGuideIsTheOneOfTheExample() throws Exception {
        String guide = Files.readString(GUIDE);
        int begin = guide.indexOf("static BeanPostProcessor stampedFactories");
        assertThat(begin).isPositive();
        assertThat(dense(Files.readString(Path.of("src/main/java/io/antichain/example/orders/StampedOrders.java"))))
                .contains(dense(guide.substring(begin, guide.indexOf("```", begin))));
    }

    private static String dense(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static List<String> marked(String diff, String mark) {
        return diff.lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(1).strip())
                .toList();
    }

    /** The lines that one file has and the other has not, but for the class's name and what is said of it. */
    private static List<String> only(String file, String other) throws Exception {
        List<String> lines = new ArrayList<>(lines(file));
        lines.removeAll(lines(other));
        return lines;
    }

    private static List<String> lines(String file) throws Exception {
        return Files.readString(STOCK.resolve(file))
                .replace("StampedStock", "Stock")
                .replace(", with the library. */", ". */")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
