package io.antichain.analyzer.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OneFileTest {
    private static final String PAGE = OneFile.with("{\"executions\":[{\"name\":\"</script><script>alert(1)\"}]}");

    @Test
    void onlyTheScriptAndTheStyleWhoseHashesThePolicyNamesCanRun() throws Exception {
        String policy = only("Content-Security-Policy\" content=\"([^\"]*)\"");
        assertThat(policy)
                .startsWith("default-src 'none'; ")
                .doesNotContain("unsafe", "*", "http:", "https:")
                .contains("script-src '" + hash(only("<script type=\"module\">(.*?)</script>")) + "';")
                .contains("style-src '" + hash(only("<style>(.*?)</style>")) + "';");
    }

    @Test
    void dataCannotEndItsElement() {
        assertThat(PAGE).doesNotContain("alert(1)</script>").doesNotContain("</script><script>alert");
        assertThat(only("<script type=\"application/json\" id=\"executions\">(.*?)</script>"))
                .isEqualTo("{\"executions\":[{\"name\":\"\\u003c/script>\\u003cscript>alert(1)\"}]}");
    }

    @Test
    void nothingIsFetchedFromAnywhere() {
        assertThat(PAGE).doesNotContainPattern("(?:src|href)=\"(?!data:|#)");
        assertThat(PAGE).doesNotContainPattern("(?m)^(?:import|export) ");
    }

    @Test
    void everyModuleThatThePageReachesIsInIt() {
        assertThat(PAGE).contains("class Page {", "class History {", "class LocalSource {");
    }

    @Test
    void aNameOutsideOfThePageIsNoFileOfIt() {
        assertThat(PageFiles.find("page.js")).isPresent();
        assertThat(List.of("absent.js", "../export/package-info.java", "page.JS", "PageFiles.class", ""))
                .allSatisfy(name -> assertThat(PageFiles.find(name)).isEmpty());
    }

    private static String only(String pattern) {
        List<MatchResult> found =
                Pattern.compile(pattern, Pattern.DOTALL).matcher(PAGE).results().toList();
        assertThat(found).hasSize(1);
        return found.get(0).group(1);
    }

    private static String hash(String text) throws Exception {
        return "sha256-"
                + Base64.getEncoder()
                        .encodeToString(
                                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
