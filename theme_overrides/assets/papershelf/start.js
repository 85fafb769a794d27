/** What every page begins with: the search box, the reader's marks on papers, what is new, keys, and reading offline. */

import "./search/box.js";
import "./desk/cards.js";
import "./desk/visits.js";
import "./keys.js";
import "./offline.js";
