// Predictors and transfers in files: what is read back predicts the same, and files that do not fit are refused.
#include <nlohmann/json.hpp>

#include "learning_fixture.h"

using namespace nas;
using namespace nas::testing;

TEST_F(Learning, ASavedPredictorPredictsTheSameToTheLastBit) {
  const std::string probe = "profile probe = latency over net on second { samples = 60 }\n";
  for (const auto& [made, from] :
       {std::pair<std::string, std::string>{"predictor known = gbdt() from base\n", "gbdt"},
        {"predictor known = mlp(epochs = 20, layers = [16, 8]) from base\n", "mlp"},
        {"predictor known = gp() from base\n", "gp"},
        {"predictor lin = ridge() from base\ntransfer known = oneproxy() of lin from probe on second\n", "linear"},
        {"predictor old = mlp(epochs = 20) from base\n"
         "transfer known = finetune(epochs = 10) of old from probe on second\n",
         "mlp"},
        {"predictor old = gbdt() from base\ntransfer known = residual() of old from probe on second\n", "residual"},
        {"predictor old = ridge() from base\ntransfer sum = oneproxy() of old from probe on second\n"
         "transfer known = residual(line = false) of sum from probe on second\n",
         "residual"},
        {"predictor old = mlp(epochs = 20) from base\ntransfer known = scale() of old from probe on second\n", "scale"},
        {"predictor old = ridge() from base\ntransfer known = scale() of old from probe on second\n", "linear"},
        {"predictor old = random_forest() from base\ntransfer line = scale() of old from probe on second\n"
         "transfer known = residual(length = 2, noise = 0.1) of line from probe on second\n",
         "residual"},
        {"predictor old = gp() from base\ntransfer fit = residual() of old from probe on second\n"
         "transfer known = reuse() of fit on second\n",
         "residual"}}) {
    SCOPED_TRACE(made);
    const std::string search =
        "search front = random(evaluations = 60) using known of minimize latency@second, maximize params\n"
        "export front.archive as csv to \"values.csv\"\n";
    const std::string device = made.find("second") == std::string::npos ? "transfer moved = reuse(known) on second\n" : "";
    const std::string use = device.empty() ? search
                                           : "search front = random(evaluations = 60) using moved of minimize latency@second, "
                                             "maximize params\nexport front.archive as csv to \"values.csv\"\n";
    const Outcome first = run(script(
        probe + made + "export known as predictor to \"known.predictor\"\nshow known.predicted(net.largest)\n" + device + use));
    ASSERT_EQ(first.status, Status::ok) << first.diagnostics << first.failure;
    const std::string bytes = file("values.csv"), saved = file("known.predictor");
    EXPECT_NE(saved.find("\"component\":\"" + from + "\""), std::string::npos);
    write_text(folder_ + "/copy.predictor", saved);
    const Outcome second = run(script("predictor known = saved(\"copy.predictor\") of latency@second over net\n" + search +
                                      "show known.predicted(net.largest)\nexport known as predictor to \"again.predictor\""));
    ASSERT_EQ(second.status, Status::ok) << second.diagnostics << second.failure;
    EXPECT_EQ(file("again.predictor"), saved);
    EXPECT_EQ(second.printed, first.printed);
  }
}

TEST_F(Learning, SavedPredictorsThatDoNotFitAreRefused) {
  const auto failure = [&](const std::string& text) {
    const Outcome outcome = run(text);
    EXPECT_NE(outcome.status, Status::ok);
    return first_error(outcome);
  };
  ASSERT_EQ(run(script("predictor known = ridge() from base\nexport known as predictor to \"a.predictor\"")).status, Status::ok);
  const std::string good = file("a.predictor");
  const auto read = [&](const std::string& bytes, const std::string& rest = "of latency@first over net\nshow known") {
    write_text(folder_ + "/copy.predictor", bytes);
    return failure(script("predictor known = saved(\"copy.predictor\") " + rest));
  };
  EXPECT_EQ(read("ks,e\n1,2\n"), "error[E849]: copy.predictor is no saved predictor");
  EXPECT_EQ(read(good.substr(0, good.size() - 1)), "error[E849]: copy.predictor is cut off");
  EXPECT_EQ(read(good + "x"), "error[E849]: copy.predictor is longer than its first line says");
  std::string other = good;
  other.replace(other.find("\"version\":1"), 11, "\"version\":7");
  EXPECT_EQ(read(other), "error[E849]: copy.predictor is of version 7, and this is version 1");
  other = good;
  other.replace(other.find("\"component\":\"ridge\""), 19, "\"component\":\"rigde\"");
  EXPECT_EQ(read(other), "error[E849]: copy.predictor holds a predictor rigde, which is not known here");
  other = good;
  other.replace(other.find("\"metric\":\"latency\""), 18, "\"metric\":\"energyx\"");
  EXPECT_EQ(read(other), "error[E849]: copy.predictor predicts energyx, and not latency");
  other = good;
  other.replace(other.find("\"rows\""), 6, "\"sows\"");
  EXPECT_EQ(read(other), "error[E849]: copy.predictor has a first line that lacks something");
  other = good;
  other.replace(other.find("\"weights\""), 9, "\"weighty\"");
  EXPECT_EQ(read(other), "error[E849]: copy.predictor cannot be read back: the saved ridge has no array weights");
  write_text(folder_ + "/copy.predictor", good);
  EXPECT_EQ(
      failure("space net = tiny_mobilenet(classes = 12)\ndevice first = board()\npredictor known = saved(\"copy.predictor\") of "
              "latency@first\nshow known"),
      "error[E849]: copy.predictor has learnt networks of a space tiny_mobilenet, and net is another one");
  EXPECT_EQ(failure("space net = tiny_mobilenet()\ndevice first = board()\npredictor known = saved(\"gone.predictor\") of "
                    "latency@first\nshow known")
                .substr(0, 12),
            "error[E801]:");
}

TEST_F(Learning, SavedTransfersOverManyDevicesNeedNeitherProfilesNorDescription) {
  std::string text = "seed 3\nspace net = tiny_mobilenet()\n", description = "device,threads\nfresh,2\n";
  for (int i = 0; i < 4; ++i) {
    text += fmt::format("device d{} = board(slow = {}, extra = {})\n", i, 1 + 0.5 * i, (5 * i) % 6);
    description += fmt::format("d{},{}\n", i, i + 1);
  }
  write_text(folder_ + "/devices.csv", description);
  const std::string use =
      "show known\nshow known.predicted(net.smallest)\nsearch front = random(evaluations = 60) using known of minimize "
      "latency@fresh, maximize params\nexport front.archive as csv to \"values.csv\"\n"
      "export known as predictor to \"known.predictor\"\n";
  const std::string many = text +
                           "device fresh = board(slow = 2, extra = 4.5)\nprofile base = latency over net on [d0, d1, d2, d3] "
                           "{ samples = 40 }\nprofile probe = latency over net on fresh { samples = 12, like = base[1] }\n"
                           "transfer known = hardware_features(base, form = concatenated, predictor = gbdt, description = "
                           "\"devices.csv\") from probe on fresh\n";
  const Outcome first = run(many + use);
  ASSERT_EQ(first.status, Status::ok) << first.diagnostics << first.failure;
  const std::string saved = file("known.predictor"), values = file("values.csv");
  EXPECT_NE(saved.find("\"component\":\"hardware_features\""), std::string::npos);
  EXPECT_NE(saved.find("\"of\":null"), std::string::npos);
  EXPECT_EQ(saved.find("$stage"), std::string::npos);
  write_text(folder_ + "/copy.predictor", saved);
  std::filesystem::remove(folder_ + "/devices.csv");
  const std::string begin =
      "seed 3\nspace net = tiny_mobilenet()\ndevice fresh = board(slow = 2, extra = 4.5)\n"
      "predictor known = saved(\"copy.predictor\") of latency@fresh\n";
  const Outcome second = run(begin + use);
  ASSERT_EQ(second.status, Status::ok) << second.diagnostics << second.failure;
  EXPECT_EQ(file("known.predictor"), saved);
  EXPECT_EQ(file("values.csv"), values);
  // How it was judged is not in the file.
  EXPECT_TRUE(first.printed.starts_with(second.printed.substr(0, second.printed.find('\n')))) << second.printed;
  // What it has learnt from is not there to learn from anew.
  const Outcome anew = run(begin +
                           "profile probe = latency over net on fresh { samples = 40 }\n"
                           "transfer fit = from_scratch() of known from probe on fresh\nshow fit");
  EXPECT_EQ(first_error(anew), "error[E840]: known cannot be adapted: it was not made by a predictor that could learn anew");
  // The file is needed where it is learnt from, which is said before anything is measured.
  const int before = Board::measured;
  const Outcome gone = run("seed 4" + many.substr(6) + "show known, 1");
  EXPECT_TRUE(first_error(gone).starts_with("error[E801]: ")) << first_error(gone);
  EXPECT_EQ(Board::measured, before);
}

TEST_F(Learning, ASavedTransferIsAdaptedFurther) {
  const std::string begin = "profile probe = latency over net on second { samples = 60 }\n";
  ASSERT_EQ(run(script(begin + "predictor old = gbdt() from base\ntransfer fit = residual() of old from probe on second\n"
                               "transfer again = from_scratch() of fit from probe on second\n"
                               "export fit as predictor to \"fit.predictor\"\nexport again as predictor to \"again.predictor\""))
                .status,
            Status::ok);
  const std::string again = file("again.predictor");
  write_text(folder_ + "/copy.predictor", file("fit.predictor"));
  const std::string read = begin + "predictor fit = saved(\"copy.predictor\") of latency@second over net\n";
  const Outcome anew = run(script(read + "transfer again = from_scratch() of fit from probe on second\n"
                                         "export again as predictor to \"again.predictor\""));
  ASSERT_EQ(anew.status, Status::ok) << anew.diagnostics << anew.failure;
  EXPECT_EQ(file("again.predictor"), again);
  EXPECT_NE(again.find("\"component\":\"gbdt\""), std::string::npos);
  const Outcome more = run(script(read + "transfer line = scale() of fit from probe on second\n"
                                         "export line as predictor to \"line.predictor\""));
  ASSERT_EQ(more.status, Status::ok) << more.diagnostics << more.failure;
  const auto head = nlohmann::json::parse(file("line.predictor").substr(0, file("line.predictor").find('\n')));
  EXPECT_EQ(head["component"], "scale");
  EXPECT_EQ(head["of"]["component"], "residual");
  EXPECT_EQ(head["of"]["of"]["component"], "gbdt");
}

TEST_F(Learning, SavedTransfersThatDoNotFitAreRefused) {
  ASSERT_EQ(run(script("profile probe = latency over net on second { samples = 60 }\npredictor old = gbdt() from base\n"
                       "transfer fit = residual() of old from probe on second\nexport fit as predictor to \"fit.predictor\""))
                .status,
            Status::ok);
  const std::string good = file("fit.predictor");
  const auto read = [&](const std::string& bytes, const std::string& space = "tiny_mobilenet()") {
    write_text(folder_ + "/copy.predictor", bytes);
    const Outcome outcome = run("space net = " + space +
                                "\ndevice second = board(slow = 3, extra = 2)\n"
                                "predictor fit = saved(\"copy.predictor\") of latency@second\nshow fit");
    return outcome.status == Status::ok ? "" : first_error(outcome);
  };
  const auto with = [&](const std::function<void(nlohmann::json&)>& change) {
    const auto end = good.find('\n');
    auto head = nlohmann::json::parse(good.substr(0, end));
    change(head);
    return read(head.dump() + good.substr(end));
  };
  EXPECT_EQ(read(good), "");
  EXPECT_EQ(read(good.substr(0, good.size() - 1)), "error[E849]: copy.predictor is cut off");
  EXPECT_EQ(read(good + "x"), "error[E849]: copy.predictor is longer than its first line says");
  EXPECT_EQ(with([](auto& head) { head["version"] = 2; }), "error[E849]: copy.predictor is of version 2, and this is version 1");
  EXPECT_EQ(read(good, "tiny_mobilenet(classes = 12)"),
            "error[E849]: copy.predictor has learnt networks of a space tiny_mobilenet, and net is another one");
  EXPECT_EQ(with([](auto& head) { head["metric"] = "energy"; }), "error[E849]: copy.predictor predicts energy, and not latency");
  EXPECT_EQ(with([](auto& head) { head["component"] = "residaul"; }),
            "error[E849]: copy.predictor holds a transfer residaul, which is not known here");
  EXPECT_EQ(with([](auto& head) { head["component"] = "oneproxy"; }),
            "error[E849]: copy.predictor holds a transfer oneproxy, which is not known here");
  EXPECT_EQ(with([](auto& head) { head["of"]["component"] = "gdbt"; }),
            "error[E849]: copy.predictor holds a predictor gdbt, which is not known here");
  EXPECT_EQ(with([](auto& head) { head.erase("of"); }),
            "error[E849]: copy.predictor holds a predictor residual, which is not known here");
  EXPECT_EQ(with([](auto& head) { head["of"] = nullptr; }),
            "error[E849]: copy.predictor cannot be read back: the saved residual names no predictor that it started from");
  EXPECT_EQ(with([](auto& head) { head["of"] = 3; }), "error[E849]: copy.predictor has a first line that lacks something");
  EXPECT_EQ(with([](auto& head) {
              head["of"] = {{"component", "mlp"}, {"arguments", nlohmann::json::object()}};
            }).substr(0, 62),
            "error[E849]: copy.predictor cannot be read back: the saved mlp");
  EXPECT_EQ(with([](auto& head) { head["arguments"]["line"] = "yes"; }),
            "error[E849]: copy.predictor cannot be read back: its first line has a value that does not fit");
  EXPECT_EQ(with([](auto& head) { head["facts"] = 3; }),
            "error[E849]: copy.predictor cannot be read back: node 1 of the saved gbdt does not belong to a tree");
  EXPECT_EQ(with([](auto& head) {
              for (auto& array : head["arrays"])
                if (array["name"] == "line") array["name"] = "lien";
            }),
            "error[E849]: copy.predictor cannot be read back: the saved residual has no array line");
  EXPECT_EQ(with([](auto& head) {
              for (auto& array : head["arrays"])
                if (array["name"] == "process/shape") array["name"] = "process/shade";
            }),
            "error[E849]: copy.predictor cannot be read back: the saved residual has no array shape");
  EXPECT_EQ(with([](auto& head) {
              for (int i = 0; i < 300; ++i)
                head["of"] = nlohmann::json{{"component", "scale"}, {"arguments", nlohmann::json::object()}, {"of", head["of"]}};
            }),
            "error[E849]: copy.predictor holds a predictor scale, which is not known here");
}
