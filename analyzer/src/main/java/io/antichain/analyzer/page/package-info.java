/**
 * The page that shows the order: its files, which stand in {@code src/main/page} and are served as they are, and the same
 * page as one file that carries its events.
 */
package io.antichain.analyzer.page;
