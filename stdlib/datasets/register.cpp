#include <fmt/format.h>

#include <filesystem>

#include "core/component.h"
#include "core/rng.h"
#include "core/services.h"
#include "core/idx.h"
#include "stdlib/register.h"

namespace nas {
namespace {

constexpr std::int64_t kValidation = 10000;

/// Where Debian's package dataset-fashion-mnist puts its files, and where people put them by hand.
const char* const kFashionFolders[] = {"/usr/share/dataset-fashion-mnist", "/usr/share/datasets/fashion-mnist", "/usr/share/fashion-mnist"};

struct FashionArgs {
  std::string folder;
  int validation = kValidation;
};
struct IdxArgs {
  std::string train_images, train_labels, test_images, test_labels;
  int validation = kValidation;
};

std::string with_or_without_gz(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(path, error) || !std::filesystem::exists(path + ".gz", error) ? path : path + ".gz";
}

Result<std::shared_ptr<Dataset>> load(std::string name, std::string train_images, std::string train_labels, std::string test_images,
                                      std::string test_labels, std::int64_t validation) {
  auto data = std::make_shared<Dataset>();
  data->name = std::move(name);
  std::string hashes;
  std::int64_t counts[2] = {0, 0};
  int split = 0;
  for (const auto& [images_path, labels_path] : {std::pair(train_images, train_labels), std::pair(test_images, test_labels)}) {
    auto images = read_idx(images_path);
    if (!images) return images.failure();
    auto labels = read_idx(labels_path);
    if (!labels) return labels.failure();
    if (images->dims.size() < 3 || labels->dims.size() != 1)
      return Failure{"E807", fmt::format("{} has {} dimensions and {} has {}", images_path, images->dims.size(), labels_path, labels->dims.size()),
                     "images have three or four dimensions, labels one"};
    if (images->dims[0] != labels->dims[0])
      return Failure{"E807", fmt::format("{} holds {} images and {} holds {} labels", images_path, images->dims[0], labels_path, labels->dims[0]), "they belong to different sets"};
    const bool grey = images->dims.size() == 3;
    data->image = grey ? Shape{1, images->dims[1], images->dims[2]} : Shape{images->dims[1], images->dims[2], images->dims[3]};
    for (const char label : labels->bytes) data->classes = std::max(data->classes, static_cast<unsigned char>(label) + 1);
    counts[split++] = images->dims[0];
    hashes += fmt::format("{:016x}{:016x}", stable_hash(images->bytes), stable_hash(labels->bytes));
  }
  if (validation >= counts[0])
    return Failure{"E405", fmt::format("{} validation images leave none of {} to train on", validation, counts[0]), "lower validation"};
  data->train_images = train_images;
  data->train_labels = train_labels;
  data->test_images = test_images;
  data->test_labels = test_labels;
  data->train_count = counts[0] - validation;
  data->validation_count = validation;
  data->test_count = counts[1];
  data->key = fmt::format("{:016x}-{}", stable_hash(hashes), validation);
  return data;
}

}  // namespace

std::optional<std::string> fashion_mnist_folder() {
  for (const char* folder : kFashionFolders)
    if (std::error_code error; std::filesystem::exists(with_or_without_gz(std::string(folder) + "/train-images-idx3-ubyte"), error)) return folder;
  return std::nullopt;
}

void add_datasets(Registry& registry) {
  registry.add(Declare<FashionArgs>(ComponentKind::dataset, "fashion_mnist", "Fashion-MNIST: 60,000 training and 10,000 test images, 28x28 grey, 10 classes.")
                   .arg("folder", &FashionArgs::folder, "folder of the four IDX files; empty = where Debian's dataset-fashion-mnist puts them")
                   .arg("validation", &FashionArgs::validation, "the last images of the training file, kept for the search", between(1, 59999))
                   .paper("Xiao et al., Fashion-MNIST, arXiv:1708.07747")
                   .example("dataset fashion = fashion_mnist()")
                   .builds([](const FashionArgs& a, Services&) -> Result<std::shared_ptr<void>> {
                     std::string folder = a.folder;
                     if (folder.empty()) {
                       const auto found = fashion_mnist_folder();
                       if (!found) return Failure{"E802", "Fashion-MNIST is not on this machine", "apt-get install dataset-fashion-mnist, or give its folder"};
                       folder = *found;
                     }
                     auto file = [&](const char* part) { return with_or_without_gz(folder + "/" + part); };
                     auto data = load("fashion_mnist", file("train-images-idx3-ubyte"), file("train-labels-idx1-ubyte"), file("t10k-images-idx3-ubyte"), file("t10k-labels-idx1-ubyte"), a.validation);
                     if (!data) return data.failure();
                     return std::shared_ptr<void>(*data);
                   }));
  registry.add(Declare<IdxArgs>(ComponentKind::dataset, "idx", "Images and labels from four IDX files, plain or gzip.")
                   .arg("train_images", &IdxArgs::train_images, "training images, 3 or 4 dimensions").required()
                   .arg("train_labels", &IdxArgs::train_labels, "training labels").required()
                   .arg("test_images", &IdxArgs::test_images, "test images").required()
                   .arg("test_labels", &IdxArgs::test_labels, "test labels").required()
                   .arg("validation", &IdxArgs::validation, "the last images of the training file, kept for the search", at_least(1))
                   .example("dataset digits = idx(\"train-images\", \"train-labels\", \"test-images\", \"test-labels\")")
                   .builds([](const IdxArgs& a, Services& services) -> Result<std::shared_ptr<void>> {
                     std::string paths[4];
                     const std::string* given[4] = {&a.train_images, &a.train_labels, &a.test_images, &a.test_labels};
                     for (int i = 0; i < 4; ++i) {
                       auto path = services.input_path(*given[i]);
                       if (!path) return path.failure();
                       paths[i] = *path;
                     }
                     auto data = load("idx", paths[0], paths[1], paths[2], paths[3], a.validation);
                     if (!data) return data.failure();
                     return std::shared_ptr<void>(*data);
                   }));
}

}  // namespace nas
