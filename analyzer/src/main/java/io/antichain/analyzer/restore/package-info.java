/** What a task stores, and how its engine comes back: from what is stored, and by reading the window again. Begin with {@code Restoration}. */
package io.antichain.analyzer.restore;
